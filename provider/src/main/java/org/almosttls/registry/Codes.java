package org.almosttls.registry;

import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.function.ToIntFunction;
import java.util.stream.IntStream;

/** Who is found by a number of 8 bits: each record and message asks, so nobody is searched for, and nothing is made. */
final class Codes {

    private Codes() {}

    /** For each number from 0 to 255, in order, who has it. */
    static <T> List<Optional<T>> ofUint8(T[] all, ToIntFunction<T> code) {
        return IntStream.range(0, 256)
                .mapToObj(each -> Arrays.stream(all)
                        .filter(one -> code.applyAsInt(one) == each)
                        .findAny())
                .toList();
    }
}
