package org.almosttls.handshake.tls12;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import java.math.BigInteger;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.almosttls.alert.TlsAlertException;
import org.almosttls.alert.Violation;
import org.almosttls.crypto.FiniteField;
import org.almosttls.crypto.Secret;
import org.almosttls.crypto.choice.PerOperationBackend;
import org.almosttls.crypto.jca.JcaBackend;
import org.almosttls.extension.SupportedGroups;
import org.almosttls.message.ClientHello;
import org.almosttls.message.ClientKeyExchange.DhePublic;
import org.almosttls.message.ServerKeyExchange;
import org.almosttls.message.ServerParams.ServerDhParams;
import org.almosttls.registry.CipherSuite;
import org.almosttls.registry.NamedGroup;
import org.almosttls.testkit.Expect;
import org.almosttls.testkit.FixedRandomness;
import org.almosttls.testkit.Hellos;
import org.almosttls.testkit.StatePair;
import org.almosttls.testkit.TestCertificates;
import org.almosttls.testkit.TestConfig;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Ephemeral Diffie-Hellman in finite fields: RFC 5246 §7.4.3 and §8.1.2, RFC 7919. */
class DheTest {

    private static final CipherSuite DHE =
            CipherSuite.named("TLS_DHE_RSA_WITH_AES_128_GCM_SHA256").orElseThrow();
    private static final FiniteField FFDHE2048 =
            PerOperationBackend.platform().fieldOf(NamedGroup.FFDHE2048).orElseThrow();

    private static StatePair pair(TestConfig client, TestConfig server) throws TlsAlertException {
        return new StatePair(client.suites(DHE).build(), server.build());
    }

    private static StatePair pair() throws TlsAlertException {
        return pair(TestConfig.client(), TestConfig.server(TestCertificates.rsaServer()));
    }

    private static Optional<NamedGroup> agreed(TestConfig client, TestConfig server) throws TlsAlertException {
        return pair(client, server).handshake().client().session().orElseThrow().group();
    }

    @Test
    void theFieldIsOneThatBothEndsName() throws Exception {
        var server = TestConfig.server(TestCertificates.rsaServer());
        var both = TestConfig.client().groups(NamedGroup.X25519, NamedGroup.FFDHE3072);
        assertEquals(Optional.of(NamedGroup.FFDHE3072), agreed(both, server));
    }

    /** RFC 7919 §4. */
    @Test
    void aClientThatNamesNoFieldTakesTheServers() throws Exception {
        var server = TestConfig.server(TestCertificates.rsaServer());
        assertEquals(
                Optional.of(NamedGroup.FFDHE2048), agreed(TestConfig.client().groups(NamedGroup.X25519), server));
    }

    /** RFC 7919 §4. */
    @Test
    void aClientThatNamesOtherFieldsOnlyGetsNone() {
        var client = TestConfig.client().groups(NamedGroup.FFDHE8192);
        var server = TestConfig.server(TestCertificates.rsaServer());
        Expect.violation(Violation.NO_COMMON_FIELD, () -> pair(client, server).handshake());
    }

    /** RFC 7919 §4: it is for want of fields, too, if there is a suite of curves but no curve. */
    @Test
    void theFieldsCountWhereNoCurveIsLeftEither() {
        var suites = new CipherSuite[] {CipherSuite.TLS_ECDHE_RSA_WITH_AES_128_GCM_SHA256, DHE};
        var client = TestConfig.client().suites(suites).groups(NamedGroup.X448, NamedGroup.FFDHE8192);
        var server = TestConfig.server(TestCertificates.rsaServer()).groups(NamedGroup.X25519, NamedGroup.FFDHE2048);
        Expect.violation(Violation.NO_COMMON_FIELD, () -> new StatePair(client.build(), server.build()).handshake());
    }

    /** RFC 7919 §4: numbers of fields count, known or not; RFC 5246 §7.2.2: who has no say is not too weak. */
    @Test
    void onlyWhoNamesAFieldIsToldThatItWillNotDo() {
        var unknown = TestConfig.client().groups(new NamedGroup(0x01FF));
        var silent = TestConfig.client().groups(NamedGroup.X25519);
        var server = TestConfig.server(TestCertificates.rsaServer());
        Expect.violation(Violation.NO_COMMON_FIELD, () -> pair(unknown, server).handshake());
        Expect.violation(
                Violation.NO_COMMON_GROUP,
                () -> pair(silent, server.groups(NamedGroup.X25519)).handshake());
    }

    /** RFC 7919 §3: a server that knows no names of fields; nothing is wrong before Finished shows the changed hello. */
    @Test
    void aFieldThatTheClientHasNotNamedIsTakenByItsStrength() throws Exception {
        var none = Hellos.with(new SupportedGroups(List.of(NamedGroup.X25519)));
        var pair = pair(
                        TestConfig.client().groups(NamedGroup.FFDHE3072),
                        TestConfig.server(TestCertificates.rsaServer()))
                .changing(ClientHello.class, hello -> Hellos.extensions(hello, none));
        Expect.violation(Violation.WRONG_FINISHED, pair::handshake);
    }

    @Test
    void theTwoImplementationsAgree() throws Exception {
        var one = PerOperationBackend.platform().keyAgreement(FFDHE2048, new FixedRandomness(1));
        var other = new JcaBackend().keyAgreement(FFDHE2048, new FixedRandomness(2));
        assertArrayEquals(
                one.agree(other.publicKey()).bytes(),
                other.agree(one.publicKey()).bytes());
        assertEquals(256, one.publicKey().length);
    }

    /** RFC 5246 §8.1.2: unlike the coordinate of a curve's point. */
    @Test
    void zeroesInFrontOfTheSecretAreDropped() {
        assertArrayEquals(
                new byte[] {1, 0, 2},
                Secret.owning(new byte[] {0, 0, 1, 0, 2}).withoutLeadingZeroes().bytes());
        assertEquals(1, Secret.owning(new byte[3]).withoutLeadingZeroes().length());
    }

    static Stream<BigInteger> outside() {
        return Stream.of(
                BigInteger.ZERO,
                BigInteger.ONE,
                FFDHE2048.p().subtract(BigInteger.ONE),
                FFDHE2048.p(),
                FFDHE2048.p().add(BigInteger.TWO));
    }

    /** RFC 7919 §5.1; elements of order 1 and 2 would make the secret known. */
    @ParameterizedTest
    @MethodSource("outside")
    void aPublicValueOutsideTheFieldIsRefusedByTheServer(BigInteger y) {
        Expect.violation(
                Violation.PUBLIC_VALUE_OUT_OF_RANGE,
                () -> pair().changing(DhePublic.class, it -> new DhePublic(octets(y)))
                        .handshake());
    }

    @ParameterizedTest
    @MethodSource("outside")
    void aPublicValueOutsideTheFieldIsRefusedByBothImplementations(BigInteger y) throws Exception {
        for (var backend : List.of(PerOperationBackend.platform(), new JcaBackend())) {
            var own = backend.keyAgreement(FFDHE2048, new FixedRandomness(3));
            Expect.violation(Violation.PUBLIC_VALUE_OUT_OF_RANGE, () -> own.agree(octets(y)));
        }
    }

    private static byte[] octets(BigInteger number) {
        return number.toByteArray();
    }

    private static void refuses(Violation violation, BigInteger p, BigInteger g) {
        Expect.violation(
                violation,
                () -> pair().changing(
                                ServerKeyExchange.class,
                                it -> new ServerKeyExchange(
                                        new ServerDhParams(octets(p), octets(g), new byte[] {5}),
                                        it.scheme(),
                                        it.signature()))
                        .handshake());
    }

    @Test
    void howShortIsTooShortIsForTheCallerToSay() throws Exception {
        var client = TestConfig.client().with("leastFieldBits", 3072);
        Expect.violation(
                Violation.WEAK_FIELD,
                () -> pair(client.groups(NamedGroup.X25519), TestConfig.server(TestCertificates.rsaServer()))
                        .handshake());
    }

    /** g^x modulo 3^700 is 0 sooner or later. */
    @Test
    void whatIsNoFieldIsThePeersMistake() {
        var noPrime = new FiniteField(BigInteger.valueOf(3).pow(700), BigInteger.valueOf(3));
        Expect.violation(
                Violation.BAD_PUBLIC_KEY,
                () -> PerOperationBackend.platform().keyAgreement(noPrime, new FixedRandomness(4)));
    }

    @Test
    void aPublicValueOutsideTheFieldIsRefusedByTheClient() {
        Expect.violation(
                Violation.PUBLIC_VALUE_OUT_OF_RANGE,
                () -> pair().changing(
                                ServerKeyExchange.class,
                                it -> new ServerKeyExchange(
                                        new ServerDhParams(octets(FFDHE2048.p()), new byte[] {2}, new byte[] {1}),
                                        it.scheme(),
                                        it.signature()))
                        .handshake());
    }

    @Test
    void aPrimeThatTakesForEverIsRefused() {
        refuses(Violation.WEAK_FIELD, BigInteger.ONE.shiftLeft(8192).setBit(0), BigInteger.TWO);
    }

    @Test
    void whatCannotBeAPrimeOrAGeneratorIsRefused() {
        refuses(Violation.BAD_PUBLIC_KEY, BigInteger.ONE.shiftLeft(2047), BigInteger.TWO);
        refuses(Violation.BAD_PUBLIC_KEY, FFDHE2048.p(), BigInteger.ONE);
        refuses(Violation.BAD_PUBLIC_KEY, FFDHE2048.p(), BigInteger.ZERO);
    }

    @Test
    void theSignatureCoversTheParameters() {
        refuses(Violation.WRONG_SIGNATURE, FFDHE2048.p(), BigInteger.valueOf(3));
    }
}
