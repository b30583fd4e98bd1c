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

    /** The suite itself, tested: what it expects is what the platform does. */
    @Nested
    class PlatformWithPlatform extends SocketBehaviour {
        PlatformWithPlatform() {
            super(Pairing.PLATFORM_WITH_PLATFORM);
        }
    }
}
