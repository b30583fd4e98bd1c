package org.almosttls.interop;

import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;
import java.util.PriorityQueue;
import java.util.Random;

/** Few combinations in which each pair of values comes together that can. */
final class Covering {

    private static final Comparator<Candidate> BEST =
            Comparator.comparingInt((Candidate it) -> -it.gain).thenComparingInt(it -> it.place);

    private final Pairs had = new Pairs();

    private Covering() {}

    /** What it would bring: how many pairs that none had before, when this was last counted. */
    private record Candidate(Combination combination, int[] pairs, int place, int gain) {

        Candidate gaining(int now) {
            return new Candidate(combination, pairs, place, now);
        }
    }

    /**
     * Greedily: whatever has most pairs that none has had before comes next, any if there are several; the same for the
     * same combinations.
     */
    static List<Combination> ofPairs(List<Combination> possible) {
        var shuffled = new ArrayList<>(possible);
        Collections.shuffle(shuffled, new Random(possible.size()));
        return new Covering().cover(shuffled);
    }

    /** What a candidate brings only ever shrinks, so the rest need not be counted anew for each. */
    private List<Combination> cover(List<Combination> possible) {
        var queue = new PriorityQueue<>(BEST);
        for (int i = 0; i < possible.size(); i++) {
            var each = possible.get(i);
            queue.add(new Candidate(each, Pairs.of(each), i, Integer.MAX_VALUE));
        }
        var chosen = new ArrayList<Combination>();
        while (!queue.isEmpty()) {
            var best = queue.poll();
            int gain = had.countMissing(best.pairs);
            if (gain > 0 && gain == best.gain) {
                had.add(best.combination);
                chosen.add(best.combination);
            } else if (gain > 0) {
                queue.add(best.gaining(gain));
            }
        }
        return chosen;
    }
}
