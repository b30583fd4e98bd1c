package org.almosttls.schedules;

import java.util.List;
import java.util.Random;

/** Choices that a seed decides; each question has a stream of its own, which no other question's answers move. */
final class Draw {

    private static final long GOLDEN = 0x9E37_79B9_7F4A_7C15L;

    private final Random random;

    Draw(long seed, long question) {
        random = new Random(mixed(mixed(seed) + question * GOLDEN));
    }

    private static long mixed(long value) {
        long mixed = (value ^ value >>> 30) * 0xBF58_476D_1CE4_E5B9L;
        return mixed ^ mixed >>> 31;
    }

    int below(int bound) {
        return random.nextInt(bound);
    }

    int from(int least, int most) {
        return least + random.nextInt(most - least + 1);
    }

    boolean oneIn(int many) {
        return random.nextInt(many) == 0;
    }

    @SafeVarargs
    final <T> T of(T... values) {
        return values[random.nextInt(values.length)];
    }

    <T> T of(List<T> values) {
        return values.get(random.nextInt(values.size()));
    }

    /** Up to {@code most}: nothing, little, or any number. */
    int amount(int most) {
        int any = random.nextInt(most + 1);
        return switch (random.nextInt(6)) {
            case 0 -> 0;
            case 1 -> Math.min(most, 1);
            case 2 -> Math.min(most, any % 64);
            case 3 -> Math.min(most, any % 2048);
            case 4 -> most;
            default -> any;
        };
    }
}
