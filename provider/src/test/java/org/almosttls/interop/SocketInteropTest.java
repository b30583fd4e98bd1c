package org.almosttls.interop;

import org.almosttls.testkit.Pairing;
import org.junit.jupiter.api.Nested;

/** Sockets of ours with each other, and with the platform's either way round. */
class SocketInteropTest {

    @Nested
    class OursWithOurs extends SocketBehaviour {
        OursWithOurs() {
            super(Pairing.OURS_WITH_OURS, "TLSv1.2");
        }
    }

    @Nested
    class OursWithPlatform extends SocketBehaviour {
        OursWithPlatform() {
            super(Pairing.OURS_WITH_PLATFORM, "TLSv1.2");
        }
    }

    @Nested
    class PlatformWithOurs extends SocketBehaviour {
        PlatformWithOurs() {
            super(Pairing.PLATFORM_WITH_OURS, "TLSv1.2");
        }
    }

    /** The suite itself, tested: what it expects is what the platform does. */
    @Nested
    class PlatformWithPlatform extends SocketBehaviour {
        PlatformWithPlatform() {
            super(Pairing.PLATFORM_WITH_PLATFORM, "TLSv1.2");
        }
    }

    @Nested
    class OursWithOursBy13 extends SocketBehaviour {
        OursWithOursBy13() {
            super(Pairing.OURS_WITH_OURS, "TLSv1.3");
        }
    }

    @Nested
    class OursWithPlatformBy13 extends SocketBehaviour {
        OursWithPlatformBy13() {
            super(Pairing.OURS_WITH_PLATFORM, "TLSv1.3");
        }
    }

    @Nested
    class PlatformWithOursBy13 extends SocketBehaviour {
        PlatformWithOursBy13() {
            super(Pairing.PLATFORM_WITH_OURS, "TLSv1.3");
        }
    }

    @Nested
    class PlatformWithPlatformBy13 extends SocketBehaviour {
        PlatformWithPlatformBy13() {
            super(Pairing.PLATFORM_WITH_PLATFORM, "TLSv1.3");
        }
    }
}
