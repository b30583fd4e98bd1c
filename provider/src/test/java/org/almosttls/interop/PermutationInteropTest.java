package org.almosttls.interop;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.Arrays;
import java.util.Optional;
import java.util.stream.LongStream;
import java.util.stream.Stream;
import org.almosttls.config.OnRequest.Feature;
import org.almosttls.registry.NamedGroup;
import org.almosttls.testkit.FixedRandomness;
import org.almosttls.testkit.TestConfig;
import org.almosttls.testkit.Tls13;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Other stacks' servers take a client's extensions in whatever order they come (RFC 8446 §4.2). */
@Timeout(60)
class PermutationInteropTest {

    private static final int SEEDS = 4;

    static Stream<Arguments> partnersAndSeeds() {
        return Arrays.stream(Partner.values())
                .flatMap(partner -> LongStream.range(0, SEEDS).mapToObj(seed -> Arguments.of(partner, seed)));
    }

    private static TestConfig client(long seed, Feature... features) {
        return Tls13.client().with("randomness", new FixedRandomness(seed)).requesting(features);
    }

    @ParameterizedTest
    @MethodSource("partnersAndSeeds")
    void theyTakeThemInAnyOrder(Partner partner, long seed) throws Exception {
        partner.talk(client(seed, Feature.PERMUTE_EXTENSIONS).build());
        partner.talk(client(seed, Feature.PERMUTE_EXTENSIONS, Feature.GREASE).build());
    }

    /** RFC 8446 §4.1.2: it would see if the second hello had another order. */
    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3})
    void opensslTakesASecondHelloInTheSameOrder(long seed) throws Exception {
        var ours = Partner.OPENSSL.talk(
                client(seed, Feature.PERMUTE_EXTENSIONS, Feature.GREASE).build(), "-groups", "P-384");
        assertEquals(
                Optional.of(NamedGroup.SECP384R1),
                ours.connection().session().orElseThrow().group());
    }
}
