package org.almosttls.crypto.choice;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.almosttls.alert.Violation;
import org.almosttls.crypto.Kem;
import org.almosttls.crypto.MlKem;
import org.almosttls.crypto.bc.BcMlKem;
import org.almosttls.crypto.jca.JcaMlKem;
import org.almosttls.testkit.Expect;
import org.almosttls.testkit.FixedRandomness;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

/** FIPS 203 by Bouncy Castle and, where it has it, by the platform: one end cannot tell which the other has. */
class MlKemTest {

    private final FixedRandomness randomness = new FixedRandomness(11);

    /** Of one parameter set, by whoever has it. */
    private record Way(MlKem set, Kem kem) {
        @Override
        public String toString() {
            return kem.getClass().getSimpleName() + " " + set;
        }
    }

    private record Ends(MlKem set, Kem owner, Kem other) {
        @Override
        public String toString() {
            return set + " " + owner.getClass().getSimpleName() + " "
                    + other.getClass().getSimpleName();
        }
    }

    private static List<Kem> all(MlKem set) {
        return Stream.concat(Stream.of(new BcMlKem(set)), JcaMlKem.of(set).stream())
                .toList();
    }

    static Stream<Way> ways() {
        return Arrays.stream(MlKem.values()).flatMap(set -> all(set).stream().map(kem -> new Way(set, kem)));
    }

    static Stream<Ends> ends() {
        return ways().flatMap(way -> all(way.set).stream().map(other -> new Ends(way.set, way.kem, other)));
    }

    @ParameterizedTest
    @EnumSource(MlKem.class)
    void thePlatformHasItSinceJava24(MlKem set) {
        assumeTrue(Runtime.version().feature() >= 24);
        assertTrue(JcaMlKem.of(set).isPresent());
    }

    @ParameterizedTest
    @MethodSource("ends")
    void bothComeToTheSameSecret(Ends ends) throws Exception {
        try (var owner = ends.owner.keyPair(randomness);
                var made = ends.other.encapsulate(owner.publicKey(), randomness);
                var agreed = owner.agree(made.share())) {
            assertEquals(ends.set.encapsulationKeyLength(), owner.publicKey().length);
            assertEquals(ends.set.ciphertextLength(), made.share().length);
            assertEquals(32, agreed.length());
            assertArrayEquals(made.secret().bytes(), agreed.bytes());
        }
    }

    @ParameterizedTest
    @MethodSource("ends")
    void aChangedCiphertextYieldsAnotherSecret(Ends ends) throws Exception {
        try (var owner = ends.owner.keyPair(randomness);
                var made = ends.other.encapsulate(owner.publicKey(), randomness)) {
            byte[] changed = made.share().clone();
            changed[changed.length - 1] ^= 1;
            try (var agreed = owner.agree(changed)) {
                assertFalse(made.secret().matches(agreed.bytes()));
            }
        }
    }

    /** FIPS 203 §7.2, §7.3: the checks of type. */
    @ParameterizedTest
    @MethodSource("ways")
    void anyOtherLengthIsRefused(Way way) throws Exception {
        try (var owner = way.kem.keyPair(randomness)) {
            byte[] key = owner.publicKey();
            for (int length : List.of(0, key.length - 1, key.length + 1))
                Expect.violation(
                        Violation.BAD_PUBLIC_KEY, () -> way.kem.encapsulate(Arrays.copyOf(key, length), randomness));
            int right = way.set.ciphertextLength();
            for (int length : List.of(0, right - 1, right + 1))
                Expect.violation(Violation.BAD_PUBLIC_KEY, () -> owner.agree(new byte[length]));
        }
    }

    /** FIPS 203 §7.2: 3329 is the modulus; of twelve bits each, the first coefficient's lowest octet is in front. */
    @ParameterizedTest
    @MethodSource("ways")
    void aCoefficientThatIsNotBelowTheModulusIsRefused(Way way) throws Exception {
        try (var owner = way.kem.keyPair(randomness)) {
            byte[] key = owner.publicKey();
            key[0] = 0x00;
            key[1] = (byte) (key[1] & 0xF0 | 0x0D);
            way.kem.encapsulate(key, randomness).close();
            key[0] = 0x01;
            Expect.violation(Violation.BAD_PUBLIC_KEY, () -> way.kem.encapsulate(key, randomness));
        }
    }

    @Test
    void thePlatformsIsTakenAfterTheFirstOperationsOnly() {
        Kem ofPlatform = new BcMlKem(MlKem.ML_KEM_1024);
        var fastest = new FastestKem(2, set -> Optional.of(ofPlatform));
        assertEquals(new BcMlKem(MlKem.ML_KEM_768), fastest.of(MlKem.ML_KEM_768));
        assertEquals(new BcMlKem(MlKem.ML_KEM_768), fastest.of(MlKem.ML_KEM_768));
        assertEquals(ofPlatform, fastest.of(MlKem.ML_KEM_768));
    }

    @Test
    void whereThePlatformHasNoneOrASlowOneItIsBouncyCastles() {
        var fastest = new FastestKem(0, set -> Optional.empty());
        assertInstanceOf(BcMlKem.class, fastest.of(MlKem.ML_KEM_768));
    }
}
