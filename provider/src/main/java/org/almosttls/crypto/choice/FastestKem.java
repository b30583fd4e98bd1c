package org.almosttls.crypto.choice;

import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Function;
import org.almosttls.crypto.Kem;
import org.almosttls.crypto.MlKem;
import org.almosttls.crypto.bc.BcMlKem;
import org.almosttls.crypto.jca.JcaMlKem;
import org.almosttls.crypto.jca.WideVectors;

/**
 * Whose ML-KEM is taken: the platform's takes two thirds of the time of Bouncy Castle's where the JVM has AVX-512 for it,
 * elsewhere a fifth more. To ask the JVM takes as long as a thousand operations save, so it is not asked before.
 */
final class FastestKem {

    private static final int FIRST = 1000;

    /** The first Java that uses AVX-512 for ML-KEM. */
    private static final int SINCE = 25;

    private final AtomicInteger left;
    private final Function<MlKem, Optional<Kem>> platform;

    /**
     * @param first how many operations are Bouncy Castle's in any case
     * @param platform what is taken then, if there is any
     */
    FastestKem(int first, Function<MlKem, Optional<Kem>> platform) {
        left = new AtomicInteger(first);
        this.platform = platform;
    }

    static FastestKem ofThisJvm() {
        return new FastestKem(FIRST, set -> OfPlatform.IS_FAST ? JcaMlKem.of(set) : Optional.empty());
    }

    /** Found out when it is wanted first. */
    private static final class OfPlatform {
        static final boolean IS_FAST = Runtime.version().feature() >= SINCE && WideVectors.areUsed();
    }

    /** For one operation, or the two of a key pair. */
    Kem of(MlKem set) {
        if (left.get() > 0 && left.getAndDecrement() > 0) return new BcMlKem(set);
        return platform.apply(set).orElseGet(() -> new BcMlKem(set));
    }
}
