package org.almosttls.message;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayInputStream;
import java.security.GeneralSecurityException;
import java.security.Signature;
import java.security.cert.CertificateFactory;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import javax.security.auth.x500.X500Principal;
import org.almosttls.alert.TlsAlertException;
import org.almosttls.extension.ApplicationProtocols;
import org.almosttls.extension.EcPointFormats;
import org.almosttls.extension.RenegotiationInfo;
import org.almosttls.extension.ServerNames;
import org.almosttls.extension.SignatureAlgorithms;
import org.almosttls.extension.SupportedGroups;
import org.almosttls.message.ClientKeyExchange.EcdhePublic;
import org.almosttls.message.ServerParams.ServerEcdhParams;
import org.almosttls.registry.CipherSuite;
import org.almosttls.registry.ExtensionType;
import org.almosttls.registry.KeyExchange;
import org.almosttls.registry.NamedGroup;
import org.almosttls.registry.ProtocolVersion;
import org.almosttls.registry.SignatureScheme;
import org.almosttls.testkit.Captured;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** A whole TLS 1.2 handshake between openssl and openssl; expected values are those its {@code -trace} prints. */
class CapturedOpensslHandshakeTest {

    private static final Captured CAPTURED = Captured.in("openssl-tls12-handshake.txt");

    /** RFC 5246 §7.4.1.4.1, in the order of the client's offer and of the server's request. */
    private static final String SCHEMES = """
            ecdsa_secp256r1_sha256 ecdsa_secp384r1_sha384 ecdsa_secp521r1_sha512 ed25519 ed448 rsa_pss_pss_sha256
            rsa_pss_pss_sha384 rsa_pss_pss_sha512 rsa_pss_rsae_sha256 rsa_pss_rsae_sha384 rsa_pss_rsae_sha512
            rsa_pkcs1_sha256 rsa_pkcs1_sha384 rsa_pkcs1_sha512 ecdsa_sha224 rsa_pkcs1_sha224 dsa_sha224 dsa_sha256
            dsa_sha384 dsa_sha512""";

    static Iterable<Map.Entry<String, byte[]>> messages() {
        return CAPTURED.messages().entrySet();
    }

    private static <M extends HandshakeMessage> M decoded(Class<M> kind, String name) throws TlsAlertException {
        return kind.cast(HandshakeDecoder.tls12(KeyExchange.ECDHE).decode(CAPTURED.message(name)));
    }

    @ParameterizedTest
    @MethodSource("messages")
    void everyMessageIsEncodedAsItCame(Map.Entry<String, byte[]> captured) throws TlsAlertException {
        var message = HandshakeDecoder.tls12(KeyExchange.ECDHE).decode(captured.getValue());
        assertArrayEquals(captured.getValue(), EncodedMessage.of(message).bytes());
    }

    @Test
    void clientHello() throws TlsAlertException {
        var hello = decoded(ClientHello.class, "ClientHello");
        assertEquals(ProtocolVersion.TLS_1_2, hello.legacyVersion());
        assertHex("803270A3D678EFD5AB8768978B7654F00FFD86DFF0139C3D4B0CEC3EC3A20397", hello.random());
        assertHex("", hello.sessionId());
        assertHex("00", hello.compressionMethods());
        assertEquals(
                words("""
                TLS_ECDHE_ECDSA_WITH_AES_256_GCM_SHA384 TLS_ECDHE_RSA_WITH_AES_256_GCM_SHA384
                TLS_DHE_RSA_WITH_AES_256_GCM_SHA384 TLS_ECDHE_ECDSA_WITH_CHACHA20_POLY1305_SHA256
                TLS_ECDHE_RSA_WITH_CHACHA20_POLY1305_SHA256 TLS_DHE_RSA_WITH_CHACHA20_POLY1305_SHA256
                TLS_ECDHE_ECDSA_WITH_AES_128_GCM_SHA256 TLS_ECDHE_RSA_WITH_AES_128_GCM_SHA256
                TLS_DHE_RSA_WITH_AES_128_GCM_SHA256 TLS_ECDHE_ECDSA_WITH_AES_256_CBC_SHA384
                TLS_ECDHE_RSA_WITH_AES_256_CBC_SHA384 TLS_DHE_RSA_WITH_AES_256_CBC_SHA256
                TLS_ECDHE_ECDSA_WITH_AES_128_CBC_SHA256 TLS_ECDHE_RSA_WITH_AES_128_CBC_SHA256
                TLS_DHE_RSA_WITH_AES_128_CBC_SHA256 TLS_ECDHE_ECDSA_WITH_AES_256_CBC_SHA
                TLS_ECDHE_RSA_WITH_AES_256_CBC_SHA TLS_DHE_RSA_WITH_AES_256_CBC_SHA
                TLS_ECDHE_ECDSA_WITH_AES_128_CBC_SHA TLS_ECDHE_RSA_WITH_AES_128_CBC_SHA
                TLS_DHE_RSA_WITH_AES_128_CBC_SHA TLS_RSA_WITH_AES_256_GCM_SHA384 TLS_RSA_WITH_AES_128_GCM_SHA256
                TLS_RSA_WITH_AES_256_CBC_SHA256 TLS_RSA_WITH_AES_128_CBC_SHA256 TLS_RSA_WITH_AES_256_CBC_SHA
                TLS_RSA_WITH_AES_128_CBC_SHA TLS_EMPTY_RENEGOTIATION_INFO_SCSV"""), hello.cipherSuites().stream().map(CipherSuite::name).toList());
    }

    @Test
    void extensionsOfTheClientHello() throws TlsAlertException {
        var extensions = decoded(ClientHello.class, "ClientHello").extensions();
        assertEquals(
                words("""
                server_name ec_point_formats supported_groups session_ticket application_layer_protocol_negotiation
                encrypt_then_mac extended_master_secret signature_algorithms"""), extensions.types().stream().map(ExtensionType::name).toList());
        assertEquals(
                new ServerNames(List.of("localhost")),
                extensions.find(ServerNames.class).orElseThrow());
        assertHex("000102", extensions.find(EcPointFormats.class).orElseThrow().formats());
        assertEquals(
                words("x25519 secp256r1 x448 secp521r1 secp384r1"),
                extensions.find(SupportedGroups.class).orElseThrow().groups().stream()
                        .map(NamedGroup::name)
                        .toList());
        assertEquals(
                List.of("h2", "http/1.1"),
                extensions.find(ApplicationProtocols.class).orElseThrow().names());
        assertEquals(
                words(SCHEMES),
                names(extensions.find(SignatureAlgorithms.class).orElseThrow().schemes()));
    }

    @Test
    void serverHello() throws TlsAlertException {
        var hello = decoded(ServerHello.class, "ServerHello");
        assertEquals(ProtocolVersion.TLS_1_2, hello.legacyVersion());
        assertHex("90EE4CFE03217D921A8B539EEB1BA047C444DD7DBF38D2652D4457DFAAE5CD22", hello.random());
        assertHex("", hello.sessionId());
        assertEquals(CipherSuite.TLS_ECDHE_ECDSA_WITH_AES_256_GCM_SHA384, hello.cipherSuite());
        assertEquals(0, hello.compressionMethod());
        var extensions = hello.extensions();
        assertHex("", extensions.find(RenegotiationInfo.class).orElseThrow().renegotiatedConnection());
        assertEquals(
                List.of("http/1.1"),
                extensions.find(ApplicationProtocols.class).orElseThrow().names());
        assertTrue(extensions.has(ExtensionType.EXTENDED_MASTER_SECRET));
        assertFalse(extensions.has(ExtensionType.SERVER_NAME));
    }

    @Test
    void certificateRequest() throws TlsAlertException {
        var request = decoded(CertificateRequest.class, "CertificateRequest");
        assertEquals(List.of(1, 2, 64), request.certificateTypes());
        assertEquals(words(SCHEMES), names(request.schemes()));
        assertEquals(1, request.authorities().size());
        assertEquals(
                new X500Principal("CN=localhost"),
                new X500Principal(request.authorities().get(0)));
    }

    /** RFC 8422 §5.4: what is signed is both randoms and {@link ServerKeyExchange#params}. */
    @Test
    void theSignedParametersAreThoseThatTheServerSigned() throws TlsAlertException, GeneralSecurityException {
        var exchange = decoded(ServerKeyExchange.class, "ServerKeyExchange");
        assertEquals(NamedGroup.X25519, ((ServerEcdhParams) exchange.params()).group());
        assertEquals(SignatureScheme.ECDSA_SECP256R1_SHA256, exchange.scheme());
        assertHex(
                "7B7790C0B1C3E686F45874AF6BA0DA2330130BBB094785CAB4227571A136832E",
                ((ServerEcdhParams) exchange.params()).point());

        var der = decoded(Certificate.class, "Server Certificate").chain().get(0);
        var certificate = CertificateFactory.getInstance("X.509").generateCertificate(new ByteArrayInputStream(der));
        var signature = Signature.getInstance("SHA256withECDSA");
        signature.initVerify(certificate);
        signature.update(decoded(ClientHello.class, "ClientHello").random());
        signature.update(decoded(ServerHello.class, "ServerHello").random());
        signature.update(exchange.params().bytes());
        assertTrue(signature.verify(exchange.signature()));
    }

    @Test
    void clientKeyExchangeAndCertificateVerify() throws TlsAlertException {
        assertHex(
                "59135AB5E37A4F0341EC3F675C51567CAF6270DE09609CCA66F76F19E50BDD70",
                decoded(EcdhePublic.class, "ClientKeyExchange").point());
        var verify = decoded(CertificateVerify.class, "CertificateVerify");
        assertEquals(SignatureScheme.ECDSA_SECP256R1_SHA256, verify.scheme());
        assertEquals(71, verify.signature().length);
    }

    private static List<String> names(List<SignatureScheme> schemes) {
        return schemes.stream().map(SignatureScheme::name).toList();
    }

    private static List<String> words(String text) {
        return List.of(text.split("\\s+"));
    }

    private static void assertHex(String expected, byte[] octets) {
        assertEquals(expected, HexFormat.of().withUpperCase().formatHex(octets));
    }
}
