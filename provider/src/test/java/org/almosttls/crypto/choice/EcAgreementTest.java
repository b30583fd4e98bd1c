package org.almosttls.crypto.choice;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.fail;

import java.math.BigInteger;
import java.security.GeneralSecurityException;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.almosttls.alert.TlsAlertException;
import org.almosttls.alert.Violation;
import org.almosttls.crypto.KeyAgreement;
import org.almosttls.crypto.Randomness;
import org.almosttls.crypto.bc.BouncyCastlePrimitives;
import org.almosttls.crypto.jca.JcaBackend;
import org.almosttls.registry.NamedGroup;
import org.almosttls.testkit.FixedRandomness;
import org.almosttls.testkit.Hex;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The two implementations of each group: they agree with each other, and refuse the same public keys. */
class EcAgreementTest {

    private static final Randomness RANDOMNESS = new FixedRandomness(7);
    private static final BigInteger P256 =
            new BigInteger("ffffffff00000001000000000000000000000000ffffffffffffffffffffffff", 16);
    private static final BigInteger P256_B =
            new BigInteger("5ac635d8aa3a93e7b3ebbd55769886bc651d06b0cc53b0f63bce3c3e27d2604b", 16);

    /** One implementation of one group. */
    record Maker(String name, NamedGroup group) {

        KeyAgreement make() throws GeneralSecurityException {
            return name.equals("jca")
                    ? new JcaBackend().keyAgreement(group, RANDOMNESS)
                    : BouncyCastlePrimitives.keyAgreement(group, RANDOMNESS);
        }
    }

    static Stream<Maker> makers() {
        return Stream.of(NamedGroup.X25519, NamedGroup.SECP256R1, NamedGroup.SECP384R1)
                .flatMap(group -> Stream.of(new Maker("jca", group), new Maker("bc", group)));
    }

    static Stream<Maker> curves() {
        return makers().filter(maker -> !maker.group.equals(NamedGroup.X25519));
    }

    static Stream<Maker> p256() {
        return makers().filter(maker -> maker.group.equals(NamedGroup.SECP256R1));
    }

    static Stream<Maker> montgomery() {
        return makers().filter(maker -> maker.group.equals(NamedGroup.X25519));
    }

    @ParameterizedTest
    @MethodSource("makers")
    void agreesWithTheOther(Maker maker) throws GeneralSecurityException, TlsAlertException {
        for (int times = 0; times < 20; times++) {
            try (var own = maker.make();
                    var other = new Maker(maker.name.equals("jca") ? "bc" : "jca", maker.group).make();
                    var one = own.agree(other.publicKey());
                    var two = other.agree(own.publicKey())) {
                assertArrayEquals(one.bytes(), two.bytes());
            }
        }
    }

    /** RFC 8422 §5.10: the coordinate keeps its leading zeroes. */
    @ParameterizedTest
    @MethodSource("curves")
    void keepsLeadingZeroes(Maker maker) throws GeneralSecurityException, TlsAlertException {
        try (var peer = maker.make()) {
            for (int times = 0; times < 5000; times++) {
                try (var own = new Maker("bc", maker.group).make();
                        var shared = own.agree(peer.publicKey())) {
                    if (shared.bytes()[0] != 0) continue;
                    assertEquals((own.publicKey().length - 1) / 2, shared.length());
                    assertArrayEquals(peer.agree(own.publicKey()).bytes(), shared.bytes());
                    return;
                }
            }
        }
        fail("no leading zero in 5000 secrets");
    }

    @ParameterizedTest
    @MethodSource("makers")
    void makesAnotherKeyEachTime(Maker maker) throws GeneralSecurityException {
        assertFalse(Arrays.equals(maker.make().publicKey(), maker.make().publicKey()));
    }

    @ParameterizedTest
    @MethodSource("makers")
    void refusesKeysOfTheWrongLength(Maker maker) throws GeneralSecurityException {
        byte[] right = maker.make().publicKey();
        for (int length = 0; length < right.length + 2; length++) {
            if (length != right.length) assertRefused(maker, Arrays.copyOf(right, length));
        }
    }

    /** RFC 8422 §5.4.1: no other form than the uncompressed one. */
    @ParameterizedTest
    @MethodSource("curves")
    void refusesOtherForms(Maker maker) throws GeneralSecurityException {
        byte[] point = maker.make().publicKey();
        int coordinate = (point.length - 1) / 2;
        int parity = point[point.length - 1] & 1;
        byte[] compressed = Arrays.copyOf(point, 1 + coordinate);
        compressed[0] = (byte) (2 + parity);
        assertRefused(maker, compressed);
        for (int form : new int[] {0, 1, 2, 3, 5, 6 + parity, 0xFF}) {
            byte[] other = point.clone();
            other[0] = (byte) form;
            assertRefused(maker, other);
        }
    }

    @ParameterizedTest
    @MethodSource("curves")
    void refusesInfinity(Maker maker) throws GeneralSecurityException {
        assertRefused(maker, new byte[] {0});
        byte[] zeroes = new byte[maker.make().publicKey().length];
        assertRefused(maker, zeroes);
        zeroes[0] = 4;
        assertRefused(maker, zeroes);
    }

    /** A point off the curve, as an invalid-curve attack sends them, also where it is on the twist. */
    @ParameterizedTest
    @MethodSource("curves")
    void refusesPointsOffTheCurve(Maker maker) throws GeneralSecurityException {
        byte[] point = maker.make().publicKey();
        for (int i = 1; i < point.length; i += 5) {
            byte[] other = point.clone();
            other[i] ^= 1;
            assertRefused(maker, other);
        }
    }

    /** The same point with p added to a coordinate is another encoding of it, which SEC 1 §2.3.6 forbids. */
    @ParameterizedTest
    @MethodSource("p256")
    void refusesCoordinatesThatAreNotReduced(Maker maker) throws GeneralSecurityException, TlsAlertException {
        BigInteger y = P256_B.modPow(P256.add(BigInteger.ONE).shiftRight(2), P256);
        assertEquals(P256_B, y.multiply(y).mod(P256), "x = 0 is on the curve");
        try (var shared = maker.make().agree(point(BigInteger.ZERO, y))) {
            assertEquals(32, shared.length());
        }
        assertRefused(maker, point(P256, y));
    }

    private static byte[] point(BigInteger x, BigInteger y) {
        return Hex.hex("04%064x%064x".formatted(x, y));
    }

    /** RFC 8422 §5.11: points of small order, whose product is zero; RFC 7748 §6.1 asks for the check. */
    @ParameterizedTest
    @MethodSource("montgomery")
    void refusesPointsOfSmallOrder(Maker maker) throws GeneralSecurityException {
        var smallOrder = List.of(
                "0000000000000000000000000000000000000000000000000000000000000000",
                "0100000000000000000000000000000000000000000000000000000000000000",
                "e0eb7a7c3b41b8ae1656e3faf19fc46ada098deb9c32b1fd866205165f49b800",
                "5f9c95bca3508c24b1d0b1559c83ef5b04445cc4581c8e86d8224eddd09f1157",
                "ecffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff7f",
                "edffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff7f",
                "eeffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff7f",
                "0000000000000000000000000000000000000000000000000000000000000080");
        for (String point : smallOrder) assertRefused(maker, Hex.hex(point));
    }

    /** RFC 7748 §5: the most significant bit of a coordinate does not count. */
    @ParameterizedTest
    @MethodSource("montgomery")
    void ignoresTheHighestBit(Maker maker) throws GeneralSecurityException, TlsAlertException {
        byte[] peer = maker.make().publicKey();
        byte[] marked = peer.clone();
        marked[31] |= (byte) 0x80;
        try (var own = maker.make();
                var plain = own.agree(peer);
                var same = own.agree(marked)) {
            assertArrayEquals(plain.bytes(), same.bytes());
        }
    }

    private static void assertRefused(Maker maker, byte[] peerKey) throws GeneralSecurityException {
        try (var agreement = maker.make()) {
            var refusal = assertThrows(TlsAlertException.class, () -> agreement.agree(peerKey));
            assertEquals(Violation.BAD_PUBLIC_KEY, refusal.violation());
        }
    }
}
