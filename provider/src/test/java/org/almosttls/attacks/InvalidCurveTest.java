package org.almosttls.attacks;

import java.math.BigInteger;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.almosttls.alert.TlsAlertException;
import org.almosttls.alert.Violation;
import org.almosttls.crypto.choice.PerOperationBackend;
import org.almosttls.message.ClientKeyExchange.EcdhePublic;
import org.almosttls.registry.CipherSuite;
import org.almosttls.registry.NamedGroup;
import org.almosttls.testkit.Expect;
import org.almosttls.testkit.FixedRandomness;
import org.almosttls.testkit.SpiedCrypto;
import org.almosttls.testkit.StatePair;
import org.almosttls.testkit.TestCertificates;
import org.almosttls.testkit.TestConfig;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Biehl, Meyer and Müller, 2000; Jager, Schwenk and Somorovsky, 2015: a public key on another curve, whose points are of
 * small order, tells the private key bit by bit. RFC 8422 §5.4.1, §5.10, §5.11.
 */
class InvalidCurveTest {

    private static final CipherSuite ECDHE = CipherSuite.TLS_ECDHE_RSA_WITH_AES_128_GCM_SHA256;
    private static final List<NamedGroup> CURVES =
            List.of(NamedGroup.SECP256R1, NamedGroup.SECP384R1, NamedGroup.SECP521R1);
    private static final List<NamedGroup> MONTGOMERY = List.of(NamedGroup.X25519, NamedGroup.X448);

    static Stream<Arguments> points() throws Exception {
        var all = Stream.<Arguments>builder();
        for (var group : CURVES) ofCurve(group).forEach(point -> all.add(Arguments.of(group, point)));
        for (var group : MONTGOMERY) {
            byte[] key = own(group);
            Stream.of(0, 1, key.length - 1, key.length + 1)
                    .forEach(length -> all.add(Arguments.of(group, Arrays.copyOf(key, length))));
        }
        return all.build();
    }

    private static byte[] own(NamedGroup group) throws Exception {
        try (var own = PerOperationBackend.platform().keyAgreement(group, new FixedRandomness(9))) {
            return own.publicKey();
        }
    }

    private static List<byte[]> ofCurve(NamedGroup group) throws Exception {
        byte[] point = own(group);
        int coordinate = point.length / 2;
        byte[] infinity = new byte[point.length];
        byte[] zero = form(infinity, 4);
        byte[] compressed = form(Arrays.copyOf(point, 1 + coordinate), 2 + (point[point.length - 1] & 1));
        byte[] beyond = form(point, 4);
        Arrays.fill(beyond, 1, 1 + coordinate, (byte) 0xFF);
        return List.of(
                changed(point, 1 + coordinate - 1),
                changed(point, point.length - 1),
                new byte[] {0},
                infinity,
                zero,
                compressed,
                form(point, 6 + (point[point.length - 1] & 1)),
                Arrays.copyOf(point, point.length - 1),
                Arrays.copyOf(point, point.length + 1),
                new byte[0],
                beyond,
                plusP(group, point, 1),
                plusP(group, point, 1 + coordinate));
    }

    private static byte[] form(byte[] point, int form) {
        byte[] other = point.clone();
        other[0] = (byte) form;
        return other;
    }

    /** Off the curve, by one bit. */
    private static byte[] changed(byte[] point, int at) {
        byte[] other = point.clone();
        other[at] ^= 1;
        return other;
    }

    /** The same coordinate modulo p, where it still fits, and p itself where it does not. */
    private static byte[] plusP(NamedGroup group, byte[] point, int at) {
        int coordinate = point.length / 2;
        BigInteger p = prime(group);
        BigInteger sum = new BigInteger(1, point, at, coordinate).add(p);
        byte[] octets = (sum.bitLength() <= 8 * coordinate ? sum : p).toByteArray();
        byte[] other = point.clone();
        Arrays.fill(other, at, at + coordinate, (byte) 0);
        int length = Math.min(octets.length, coordinate);
        System.arraycopy(octets, octets.length - length, other, at + coordinate - length, length);
        return other;
    }

    /** FIPS 186-4 §D.1.2. */
    private static BigInteger prime(NamedGroup group) {
        if (group.equals(NamedGroup.SECP521R1)) return power(521).subtract(BigInteger.ONE);
        if (group.equals(NamedGroup.SECP384R1))
            return power(384)
                    .subtract(power(128))
                    .subtract(power(96))
                    .add(power(32))
                    .subtract(BigInteger.ONE);
        return power(256).subtract(power(224)).add(power(192)).add(power(96)).subtract(BigInteger.ONE);
    }

    private static BigInteger power(int exponent) {
        return BigInteger.ONE.shiftLeft(exponent);
    }

    @ParameterizedTest
    @MethodSource("points")
    void aServerRefusesIt(NamedGroup group, byte[] point) throws Exception {
        // RFC 8422 §5.7: a point has at least one octet.
        var violation = point.length == 0 ? Violation.MALFORMED_MESSAGE : Violation.BAD_PUBLIC_KEY;
        Expect.violation(
                violation,
                () -> pair(group, new SpiedCrypto())
                        .changing(EcdhePublic.class, key -> new EcdhePublic(point))
                        .handshake());
    }

    /** Whoever has the server's key may sign it. */
    @ParameterizedTest
    @MethodSource("points")
    void aClientRefusesIt(NamedGroup group, byte[] point) throws Exception {
        var violation = point.length == 0 ? Violation.MALFORMED_MESSAGE : Violation.BAD_PUBLIC_KEY;
        Expect.violation(
                violation,
                () -> pair(group, new SpiedCrypto().spoilPublicKeys(point)).handshake());
    }

    private static StatePair pair(NamedGroup group, SpiedCrypto ofServer) throws TlsAlertException {
        return new StatePair(
                TestConfig.client().suites(ECDHE).groups(group).build(),
                TestConfig.server(TestCertificates.rsaServer())
                        .groups(group)
                        .with("crypto", ofServer.backend())
                        .build());
    }
}
