package org.almosttls.handshake.tls12;

import java.util.Arrays;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import org.almosttls.alert.TlsAlertException;
import org.almosttls.alert.Violation;
import org.almosttls.message.ClientKeyExchange.EcdhePublic;
import org.almosttls.registry.CipherSuite;
import org.almosttls.registry.HandshakeType;
import org.almosttls.registry.NamedGroup;
import org.almosttls.testkit.Expect;
import org.almosttls.testkit.StateEnd.Flying;
import org.almosttls.testkit.StatePair;
import org.almosttls.testkit.TestCertificates;
import org.almosttls.testkit.TestConfig;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What a server refuses in ClientKeyExchange. */
class ClientKeyExchangeViolationsTest {

    private static final String RSA = "TLS_RSA_WITH_AES_128_CBC_SHA";

    /** Type, and length in three octets. */
    private static final int HEADER = 4;

    static Stream<Arguments> badPoints() {
        return Stream.concat(
                ServerAuthenticationViolationsTest.badPoints(),
                Stream.of(
                        Arguments.of(NamedGroup.X448, new byte[56]),
                        Arguments.of(NamedGroup.SECP384R1, point(97, 4)),
                        Arguments.of(NamedGroup.SECP521R1, point(133, 4)),
                        // RFC 8422 §5.1.2: compressed and hybrid, which are gone.
                        Arguments.of(NamedGroup.SECP256R1, point(33, 2)),
                        Arguments.of(NamedGroup.SECP256R1, point(65, 6))));
    }

    private static byte[] point(int octets, int form) {
        var point = new byte[octets];
        point[0] = (byte) form;
        point[octets - 1] = 1;
        return point;
    }

    private static StatePair pair(CipherSuite suite, NamedGroup... groups) throws TlsAlertException {
        var client = TestConfig.client().suites(suite);
        return new StatePair(
                (groups.length > 0 ? client.groups(groups) : client).build(),
                TestConfig.server(TestCertificates.rsaServer()).build());
    }

    /** RFC 8422 §5.7, §5.11. */
    @ParameterizedTest
    @MethodSource("badPoints")
    void aPublicKeyIsValidInItsGroup(NamedGroup group, byte[] point) throws Exception {
        var pair = pair(CipherSuite.TLS_ECDHE_RSA_WITH_AES_128_GCM_SHA256, group)
                .changing(EcdhePublic.class, it -> new EcdhePublic(point));
        Expect.violation(Violation.BAD_PUBLIC_KEY, pair::handshake);
    }

    /** RFC 5246 §7.4.7.1: clients of SSL 3.0 leave the length out. */
    @Test
    void anEncryptedSecretHasItsLengthBeforeIt() throws Exception {
        refuses(RSA, body -> Arrays.copyOfRange(body, 2, body.length));
    }

    /** RFC 5246 §7.4.7.2, RFC 8422 §5.7: empty would mean a key in the client's certificate. */
    @ParameterizedTest
    @ValueSource(strings = {RSA, "TLS_DHE_RSA_WITH_AES_128_GCM_SHA256", "TLS_ECDHE_RSA_WITH_AES_128_GCM_SHA256"})
    void aKeyIsNeverImplicit(String suite) throws Exception {
        refuses(suite, body -> new byte[0]);
    }

    private static void refuses(String suite, UnaryOperator<byte[]> change) throws TlsAlertException {
        var pair = pair(CipherSuite.named(suite).orElseThrow())
                .until(HandshakeType.CLIENT_KEY_EXCHANGE)
                .garbling(flying -> isKeyExchange(flying) ? changed(flying, change) : flying);
        Expect.violation(Violation.MALFORMED_MESSAGE, pair::handshake);
    }

    private static boolean isKeyExchange(Flying flying) {
        return !flying.isChangeCipherSpec() && flying.bytes()[0] == HandshakeType.CLIENT_KEY_EXCHANGE.code();
    }

    private static Flying changed(Flying flying, UnaryOperator<byte[]> change) {
        byte[] body = change.apply(Arrays.copyOfRange(flying.bytes(), HEADER, flying.bytes().length));
        byte[] message = Arrays.copyOf(flying.bytes(), HEADER + body.length);
        message[2] = (byte) (body.length >> 8);
        message[3] = (byte) body.length;
        System.arraycopy(body, 0, message, HEADER, body.length);
        return new Flying(message);
    }
}
