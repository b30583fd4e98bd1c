package org.almosttls.attacks;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.math.BigInteger;
import java.util.HexFormat;
import java.util.List;
import java.util.stream.Stream;
import org.almosttls.alert.TlsAlertException;
import org.almosttls.alert.Violation;
import org.almosttls.crypto.FiniteField;
import org.almosttls.crypto.choice.PerOperationBackend;
import org.almosttls.message.ClientKeyExchange.DhePublic;
import org.almosttls.message.ClientKeyExchange.EcdhePublic;
import org.almosttls.message.ServerKeyExchange;
import org.almosttls.message.ServerParams.ServerDhParams;
import org.almosttls.registry.CipherSuite;
import org.almosttls.registry.NamedGroup;
import org.almosttls.testkit.Expect;
import org.almosttls.testkit.Hex;
import org.almosttls.testkit.SpiedCrypto;
import org.almosttls.testkit.StatePair;
import org.almosttls.testkit.TestCertificates;
import org.almosttls.testkit.TestConfig;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Lim and Lee, 1997: elements of small order make the common secret known, or tell the private key piece by piece. */
class SmallSubgroupTest {

    private static final CipherSuite ECDHE = CipherSuite.TLS_ECDHE_RSA_WITH_AES_128_GCM_SHA256;
    private static final CipherSuite DHE =
            CipherSuite.named("TLS_DHE_RSA_WITH_AES_128_GCM_SHA256").orElseThrow();

    /** RFC 7748 §5, §6: the u of the points of order 1, 2, 4 and 8, also plus p where that fits, and with the bit that does not count. */
    static Stream<Arguments> points() {
        BigInteger p25519 = BigInteger.ONE.shiftLeft(255).subtract(BigInteger.valueOf(19));
        BigInteger p448 = BigInteger.ONE
                .shiftLeft(448)
                .subtract(BigInteger.ONE.shiftLeft(224))
                .subtract(BigInteger.ONE);
        var eight = Stream.of(
                        "e0eb7a7c3b41b8ae1656e3faf19fc46ada098deb9c32b1fd866205165f49b800",
                        "5f9c95bca3508c24b1d0b1559c83ef5b04445cc4581c8e86d8224eddd09f1157",
                        "e0eb7a7c3b41b8ae1656e3faf19fc46ada098deb9c32b1fd866205165f49b880",
                        "0000000000000000000000000000000000000000000000000000000000000080")
                .map(Hex::hex);
        return Stream.concat(
                Stream.concat(eight, small(p25519, 32)).map(point -> Arguments.of(NamedGroup.X25519, point)),
                small(p448, 56).map(point -> Arguments.of(NamedGroup.X448, point)));
    }

    private static Stream<byte[]> small(BigInteger p, int length) {
        var one = BigInteger.ONE;
        return Stream.of(BigInteger.ZERO, one, p.subtract(one), p, p.add(one)).map(u -> littleEndian(u, length));
    }

    private static byte[] littleEndian(BigInteger u, int length) {
        byte[] octets = new byte[length];
        for (int i = 0; i < length; i++) octets[i] = u.shiftRight(8 * i).byteValue();
        return octets;
    }

    @ParameterizedTest
    @MethodSource("points")
    void aServerRefusesPointsOfSmallOrder(NamedGroup group, byte[] point) throws Exception {
        var pair = curves(group, new SpiedCrypto()).changing(EcdhePublic.class, key -> new EcdhePublic(point));
        Expect.violation(Violation.BAD_PUBLIC_KEY, pair::handshake);
    }

    @ParameterizedTest
    @MethodSource("points")
    void aClientRefusesPointsOfSmallOrder(NamedGroup group, byte[] point) throws Exception {
        var pair = curves(group, new SpiedCrypto().spoilPublicKeys(point));
        Expect.violation(Violation.BAD_PUBLIC_KEY, pair::handshake);
    }

    private static StatePair curves(NamedGroup group, SpiedCrypto ofServer) throws TlsAlertException {
        return new StatePair(
                TestConfig.client().suites(ECDHE).groups(group).build(),
                TestConfig.server(TestCertificates.rsaServer())
                        .with("crypto", ofServer.backend())
                        .build());
    }

    /** In each field of RFC 7919: zero, what is of order 1 or 2, and what is in no field; none, and one too long. */
    static Stream<Arguments> values() {
        return Stream.of(
                        NamedGroup.FFDHE2048,
                        NamedGroup.FFDHE3072,
                        NamedGroup.FFDHE4096,
                        NamedGroup.FFDHE6144,
                        NamedGroup.FFDHE8192)
                .flatMap(group -> outside(field(group)).map(value -> Arguments.of(group, value)));
    }

    private static FiniteField field(NamedGroup group) {
        return PerOperationBackend.platform().fieldOf(group).orElseThrow();
    }

    private static Stream<byte[]> outside(FiniteField field) {
        var p = field.p();
        return Stream.of(
                        BigInteger.ZERO,
                        BigInteger.ONE,
                        p.subtract(BigInteger.ONE),
                        p,
                        p.add(BigInteger.TWO),
                        p.shiftLeft(64))
                .map(BigInteger::toByteArray);
    }

    @ParameterizedTest
    @MethodSource("values")
    void aServerRefusesElementsOfSmallOrder(NamedGroup group, byte[] value) throws Exception {
        var pair = fields(group).changing(DhePublic.class, key -> new DhePublic(value));
        Expect.violation(Violation.PUBLIC_VALUE_OUT_OF_RANGE, pair::handshake);
    }

    @ParameterizedTest
    @MethodSource("values")
    void aClientRefusesElementsOfSmallOrder(NamedGroup group, byte[] value) throws Exception {
        var pair = fields(group).changing(ServerKeyExchange.class, key -> {
            var params = (ServerDhParams) key.params();
            return new ServerKeyExchange(
                    new ServerDhParams(params.p(), params.g(), value), key.scheme(), key.signature());
        });
        Expect.violation(Violation.PUBLIC_VALUE_OUT_OF_RANGE, pair::handshake);
    }

    /** The secret exponent of an end is its own for each handshake, so that no two answers are about the same one. */
    @ParameterizedTest
    @MethodSource("fresh")
    void noExponentIsUsedTwice(CipherSuite suite) throws Exception {
        var spied = new SpiedCrypto();
        var server = TestConfig.server(TestCertificates.rsaServer()).with("crypto", spied.backend());
        var keys = Stream.generate(() -> server)
                .limit(3)
                .map(each -> serverKey(suite, each))
                .distinct()
                .count();
        assertEquals(3, keys);
        assertEquals(0, spied.agreementsOpen());
    }

    static List<CipherSuite> fresh() {
        return List.of(ECDHE, DHE);
    }

    private static String serverKey(CipherSuite suite, TestConfig server) {
        var seen = new StringBuilder();
        try {
            new StatePair(TestConfig.client().suites(suite).build(), server.build())
                    .changing(ServerKeyExchange.class, key -> {
                        seen.append(HexFormat.of().formatHex(key.params().bytes()));
                        return key;
                    })
                    .handshake();
        } catch (TlsAlertException e) {
            throw new IllegalStateException(e);
        }
        return seen.toString();
    }

    private static StatePair fields(NamedGroup group) throws TlsAlertException {
        return new StatePair(
                TestConfig.client().suites(DHE).groups(group).build(),
                TestConfig.server(TestCertificates.rsaServer()).groups(group).build());
    }
}
