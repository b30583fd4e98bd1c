package org.almosttls.interop;

import org.almosttls.testkit.Pairing;
import org.junit.jupiter.api.Nested;

/** Sockets of ours with each other, and with the platform's either way round. */
class SocketInteropTest {

    @Nested
    class OursWithOurs extends SocketBehaviour {
        OursWithOurs() {
            super(Pairing.OURS_WITH_OURS);
        }
    }

    @Nested
    class OursWithPlatform extends SocketBehaviour {
        OursWithPlatform() {
            super(Pairing.OURS_WITH_PLATFORM);
        }
    }

    @Nested
    class PlatformWithOurs extends SocketBehaviour {
        PlatformWithOurs() {
            super(Pairing.PLATFORM_WITH_OURS);
        }
    }
}
