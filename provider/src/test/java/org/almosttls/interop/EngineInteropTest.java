package org.almosttls.interop;

import org.almosttls.testkit.Pairing;
import org.junit.jupiter.api.Nested;

/** Engines of ours with each other, and with the platform's either way round. */
class EngineInteropTest {

    @Nested
    class OursWithOurs extends EngineBehaviour {
        OursWithOurs() {
            super(Pairing.OURS_WITH_OURS);
        }
    }

    @Nested
    class OursWithPlatform extends EngineBehaviour {
        OursWithPlatform() {
            super(Pairing.OURS_WITH_PLATFORM);
        }
    }

    @Nested
    class PlatformWithOurs extends EngineBehaviour {
        PlatformWithOurs() {
            super(Pairing.PLATFORM_WITH_OURS);
        }
    }

    /** The suite itself, tested: what it expects is what the platform does. */
    @Nested
    class PlatformWithPlatform extends EngineBehaviour {
        PlatformWithPlatform() {
            super(Pairing.PLATFORM_WITH_PLATFORM);
        }
    }
}
