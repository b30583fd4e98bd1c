package org.almosttls.interop;

import java.util.ArrayList;
import java.util.BitSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Few combinations in which each pair of values comes together that can. */
final class Covering {

    private final Map<String, Integer> pairs = new HashMap<>();
    private final List<BitSet> pairsOf = new ArrayList<>();
    private final List<Combination> possible;

    private Covering(List<Combination> possible) {
        this.possible = possible;
        for (var each : possible) pairsOf.add(pairsIn(each));
    }

    /** Greedily: whatever has most pairs that none has had before comes next. The same for the same combinations. */
    static List<Combination> ofPairs(List<Combination> possible) {
        return new Covering(possible).cover();
    }

    private BitSet pairsIn(Combination combination) {
        var found = new BitSet();
        var values = combination.values();
        for (int i = 0; i < values.size(); i++)
            for (int j = 0; j < i; j++)
                found.set(pairs.computeIfAbsent(i + values.get(i) + "," + j + values.get(j), any -> pairs.size()));
        return found;
    }

    private List<Combination> cover() {
        var chosen = new ArrayList<Combination>();
        var missing = new BitSet();
        missing.set(0, pairs.size());
        while (!missing.isEmpty()) {
            int best = best(missing);
            missing.andNot(pairsOf.get(best));
            chosen.add(possible.get(best));
        }
        return chosen;
    }

    private int best(BitSet missing) {
        int best = 0;
        int most = 0;
        for (int i = 0; i < possible.size(); i++) {
            var gain = (BitSet) pairsOf.get(i).clone();
            gain.and(missing);
            if (gain.cardinality() > most) {
                most = gain.cardinality();
                best = i;
            }
        }
        return best;
    }
}
