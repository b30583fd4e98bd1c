package org.almosttls.interop;

import org.almosttls.testkit.Pairing;
import org.junit.jupiter.api.Nested;

/** Engines of ours with each other, and with the platform's either way round. */
class EngineInteropTest {

    @Nested
    class OursWithOurs extends EngineBehaviour {
        OursWithOurs() {
            super(Pairing.OURS_WITH_OURS, "TLSv1.2");
        }
    }

    @Nested
    class OursWithPlatform extends EngineBehaviour {
        OursWithPlatform() {
            super(Pairing.OURS_WITH_PLATFORM, "TLSv1.2");
        }
    }

    @Nested
    class PlatformWithOurs extends EngineBehaviour {
        PlatformWithOurs() {
            super(Pairing.PLATFORM_WITH_OURS, "TLSv1.2");
        }
    }

    /** The suite itself, tested: what it expects is what the platform does. */
    @Nested
    class PlatformWithPlatform extends EngineBehaviour {
        PlatformWithPlatform() {
            super(Pairing.PLATFORM_WITH_PLATFORM, "TLSv1.2");
        }
    }

    @Nested
    class OursWithOursBy13 extends EngineBehaviour {
        OursWithOursBy13() {
            super(Pairing.OURS_WITH_OURS, "TLSv1.3");
        }
    }

    @Nested
    class OursWithPlatformBy13 extends EngineBehaviour {
        OursWithPlatformBy13() {
            super(Pairing.OURS_WITH_PLATFORM, "TLSv1.3");
        }
    }

    @Nested
    class PlatformWithOursBy13 extends EngineBehaviour {
        PlatformWithOursBy13() {
            super(Pairing.PLATFORM_WITH_OURS, "TLSv1.3");
        }
    }

    @Nested
    class PlatformWithPlatformBy13 extends EngineBehaviour {
        PlatformWithPlatformBy13() {
            super(Pairing.PLATFORM_WITH_PLATFORM, "TLSv1.3");
        }
    }
}
