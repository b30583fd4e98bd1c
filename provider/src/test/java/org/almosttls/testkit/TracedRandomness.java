package org.almosttls.testkit;

import java.security.SecureRandom;
import java.util.ArrayList;
import java.util.List;
import org.almosttls.crypto.Randomness;

/** Octets of a trace, in the order in which as many are drawn; others where the trace has none of that length left. */
public final class TracedRandomness implements Randomness {

    private final Randomness others = new FixedRandomness(8448);
    private final List<byte[]> traced = new ArrayList<>();

    public TracedRandomness(byte[]... traced) {
        this.traced.addAll(List.of(traced));
    }

    @Override
    public SecureRandom secureRandom() {
        return others.secureRandom();
    }

    @Override
    public byte[] bytes(int length) {
        for (byte[] each : traced) {
            if (each.length != length) continue;
            traced.remove(each);
            return each.clone();
        }
        return others.bytes(length);
    }
}
