package org.almosttls.message;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;

import java.util.Collections;
import java.util.HexFormat;
import java.util.List;
import java.util.stream.Stream;
import org.almosttls.alert.TlsAlertException;
import org.almosttls.alert.Violation;
import org.almosttls.extension.Extensions;
import org.almosttls.message.ClientKeyExchange.EcdhePublic;
import org.almosttls.message.ClientKeyExchange.EncryptedPremasterSecret;
import org.almosttls.message.ServerParams.ServerEcdhParams;
import org.almosttls.registry.CipherSuite;
import org.almosttls.registry.KeyExchange;
import org.almosttls.registry.NamedGroup;
import org.almosttls.registry.ProtocolVersion;
import org.almosttls.registry.SignatureScheme;
import org.almosttls.testkit.Expect;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The bounds that the RFCs' presentation language sets to each vector, from both sides. */
class MessageBoundsTest {

    private static final byte[] NONE = {};
    private static final byte[] NULL_COMPRESSION = {0};
    private static final List<CipherSuite> ONE_SUITE = List.of(CipherSuite.TLS_RSA_WITH_AES_128_CBC_SHA);
    private static final List<SignatureScheme> ONE_SCHEME = List.of(SignatureScheme.ED25519);

    static Stream<HandshakeMessage> outOfBounds() {
        return Stream.of(
                // RFC 5246 §7.4.1.2: SessionID<0..32>, cipher_suites<2..2^16-2>, compression_methods<1..2^8-1>.
                clientHello(new byte[33], ONE_SUITE, NULL_COMPRESSION),
                clientHello(NONE, List.of(), NULL_COMPRESSION),
                clientHello(NONE, ONE_SUITE, NONE),
                // RFC 5246 §7.4.1.3: SessionID<0..32>.
                serverHello(new byte[33]),
                // RFC 5246 §7.4.2: ASN.1Cert<1..2^24-1>.
                new Certificate(List.of(NONE)),
                new Certificate(List.of(new byte[1], NONE)),
                // RFC 5246 §7.4.4: certificate_types<1..2^8-1>, at least one scheme, DistinguishedName<1..2^16-1>.
                new CertificateRequest(List.of(), ONE_SCHEME, List.of()),
                new CertificateRequest(List.of(1), List.of(), List.of()),
                new CertificateRequest(List.of(1), ONE_SCHEME, List.of(NONE)),
                // RFC 8422 §5.4: ECPoint<1..2^8-1>.
                new ServerKeyExchange(
                        new ServerEcdhParams(NamedGroup.X25519, NONE), SignatureScheme.ED25519, new byte[64]),
                new EcdhePublic(NONE),
                // RFC 5246 §7.4.9: verify_data[12].
                new Finished(new byte[11]),
                new Finished(new byte[13]));
    }

    static Stream<HandshakeMessage> atTheirBounds() {
        return Stream.of(
                clientHello(new byte[32], ONE_SUITE, new byte[255]),
                clientHello(NONE, Collections.nCopies(32_767, new CipherSuite(0xFFFF)), NULL_COMPRESSION),
                serverHello(new byte[32]),
                serverHello(NONE),
                new Certificate(List.of()),
                new Certificate(List.of(new byte[1], new byte[65_536])),
                new CertificateRequest(Collections.nCopies(255, 64), ONE_SCHEME, List.of()),
                new CertificateRequest(List.of(1), ONE_SCHEME, List.of(new byte[1], new byte[65_530])),
                new CertificateVerify(SignatureScheme.ED25519, NONE),
                new ServerKeyExchange(
                        new ServerEcdhParams(NamedGroup.X25519, new byte[255]),
                        SignatureScheme.ED25519,
                        new byte[65_535]),
                new ServerKeyExchange(
                        new ServerEcdhParams(NamedGroup.X25519, new byte[1]), SignatureScheme.ED25519, NONE),
                new EcdhePublic(new byte[255]),
                new EncryptedPremasterSecret(NONE),
                new EncryptedPremasterSecret(new byte[65_535]));
    }

    @ParameterizedTest
    @MethodSource("outOfBounds")
    void oneBeyondABoundIsMalformed(HandshakeMessage message) {
        Expect.violation(Violation.MALFORMED_MESSAGE, () -> decodedAgain(message));
    }

    @ParameterizedTest
    @MethodSource("atTheirBounds")
    void theBoundItselfIsTaken(HandshakeMessage message) throws TlsAlertException {
        var decoded = decodedAgain(message);
        assertArrayEquals(
                EncodedMessage.of(message).bytes(), EncodedMessage.of(decoded).bytes());
    }

    /** RFC 5246 §7.4.1.2: a suite has two octets, so their list has an even number. */
    @Test
    void anOddListOfSuitesIsMalformed() {
        var hello = "0303" + "00".repeat(32) + "00" + "0003" + "002f00" + "0100";
        Expect.violation(Violation.MALFORMED_MESSAGE, () -> HandshakeDecoder.HELLOS.decode(message("01", hello)));
    }

    /** RFC 5246 §7.4.4. */
    @Test
    void anOddListOfSchemesIsMalformed() {
        var request = "0101" + "0003" + "080708" + "0000";
        var decoder = HandshakeDecoder.tls12(KeyExchange.ECDHE);
        Expect.violation(Violation.MALFORMED_MESSAGE, () -> decoder.decode(message("0d", request)));
    }

    /** RFC 8422 §5.4: 1 and 2 were explicit curves. */
    @ParameterizedTest
    @ValueSource(strings = {"00", "01", "02", "04", "ff"})
    void aCurveThatIsNotNamedIsRefused(String curveType) {
        var exchange = curveType + "001d" + "20" + "09".repeat(32) + "0807" + "0000";
        var decoder = HandshakeDecoder.tls12(KeyExchange.ECDHE);
        Expect.violation(Violation.CURVE_NOT_NAMED, () -> decoder.decode(message("0c", exchange)));
    }

    private static HandshakeMessage decodedAgain(HandshakeMessage message) throws TlsAlertException {
        var keyExchange = message instanceof EncryptedPremasterSecret ? KeyExchange.RSA : KeyExchange.ECDHE;
        return HandshakeDecoder.tls12(keyExchange)
                .decode(EncodedMessage.of(message).bytes());
    }

    private static byte[] message(String type, String body) {
        return HexFormat.of().parseHex(type + "%06x".formatted(body.length() / 2) + body);
    }

    private static ClientHello clientHello(byte[] sessionId, List<CipherSuite> suites, byte[] compressionMethods) {
        return new ClientHello(
                ProtocolVersion.TLS_1_2, new byte[32], sessionId, suites, compressionMethods, Extensions.ABSENT);
    }

    private static ServerHello serverHello(byte[] sessionId) {
        return new ServerHello(
                ProtocolVersion.TLS_1_2, new byte[32], sessionId, ONE_SUITE.get(0), 0, Extensions.ABSENT);
    }
}
