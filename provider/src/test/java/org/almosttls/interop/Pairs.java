package org.almosttls.interop;

import java.util.Arrays;
import java.util.BitSet;
import java.util.List;

/** Pairs of values of two dimensions that have come together. Each has a number, which says which it is. */
final class Pairs {

    /** Every value of every dimension, in order. */
    private static final List<Value> VALUES = Arrays.stream(Dimension.values())
            .flatMap(dimension -> dimension.choices().stream().map(name -> new Value(dimension, name)))
            .toList();

    private final BitSet all = new BitSet();

    /** A value of a dimension. */
    record Value(Dimension dimension, String name) {
        @Override
        public String toString() {
            return dimension.word() + ' ' + name;
        }
    }

    void add(Combination combination) {
        for (int pair : of(combination)) all.set(pair);
    }

    boolean has(int pair) {
        return all.get(pair);
    }

    int countMissing(int[] pairs) {
        int missing = 0;
        for (int pair : pairs) if (!all.get(pair)) missing++;
        return missing;
    }

    /** Those in this combination. */
    static int[] of(Combination combination) {
        var numbers = numbers(combination);
        var pairs = new int[numbers.length * (numbers.length - 1) / 2];
        int count = 0;
        for (int i = 0; i < numbers.length; i++)
            for (int j = 0; j < i; j++) pairs[count++] = numbers[j] * VALUES.size() + numbers[i];
        return pairs;
    }

    private static int[] numbers(Combination combination) {
        var numbers = new int[Dimension.values().length];
        int offset = 0;
        for (var dimension : Dimension.values()) {
            numbers[dimension.ordinal()] = offset + dimension.choices().indexOf(combination.of(dimension));
            offset += dimension.choices().size();
        }
        return numbers;
    }

    static List<Value> valuesOf(int pair) {
        return List.of(VALUES.get(pair / VALUES.size()), VALUES.get(pair % VALUES.size()));
    }
}
