package org.almosttls.message;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.HexFormat;
import java.util.List;
import org.almosttls.alert.TlsAlertException;
import org.almosttls.extension.ApplicationProtocols;
import org.almosttls.extension.Extension;
import org.almosttls.extension.ServerNames;
import org.almosttls.extension.SignatureAlgorithms;
import org.almosttls.extension.StatusRequest;
import org.almosttls.extension.SupportedGroups;
import org.almosttls.extension.SupportedVersions;
import org.almosttls.extension.UnknownExtension;
import org.almosttls.registry.CipherSuite;
import org.almosttls.registry.ExtensionType;
import org.almosttls.registry.NamedGroup;
import org.almosttls.registry.ProtocolVersion;
import org.almosttls.registry.SignatureScheme;
import org.almosttls.testkit.Captured;
import org.junit.jupiter.api.Test;

/** A hello that offers TLS 1.3 and 1.2; expected values are those that {@code openssl s_server -trace} prints of it. */
class CapturedJdkHelloTest {

    private static final byte[] CAPTURED = Captured.in("jdk17-client-hello.txt").message("ClientHello");

    private static ClientHello decoded() throws TlsAlertException {
        return (ClientHello) HandshakeDecoder.HELLOS.decode(CAPTURED);
    }

    private static <E extends Extension> E extension(Class<E> kind) throws TlsAlertException {
        return decoded().extensions().find(kind).orElseThrow();
    }

    @Test
    void isEncodedAsItCame() throws TlsAlertException {
        assertArrayEquals(CAPTURED, EncodedMessage.of(decoded()).bytes());
    }

    @Test
    void fixedFields() throws TlsAlertException {
        var hello = decoded();
        assertEquals(ProtocolVersion.TLS_1_2, hello.legacyVersion());
        assertHex("F61F6B5383BC78666735569F9A5656B7377DBACF2DF00D41779374F4FC2A70B4", hello.random());
        assertHex("92B76F33CB18A469B011E9ED9A68470FB236B753D39A11D190C90CA985DCF209", hello.sessionId());
        assertHex("00", hello.compressionMethods());
    }

    @Test
    void cipherSuites() throws TlsAlertException {
        assertEquals(
                words("""
                TLS_AES_256_GCM_SHA384 TLS_AES_128_GCM_SHA256 TLS_CHACHA20_POLY1305_SHA256
                TLS_ECDHE_ECDSA_WITH_AES_256_GCM_SHA384 TLS_ECDHE_ECDSA_WITH_AES_128_GCM_SHA256
                TLS_ECDHE_ECDSA_WITH_CHACHA20_POLY1305_SHA256 TLS_ECDHE_RSA_WITH_AES_256_GCM_SHA384
                TLS_ECDHE_RSA_WITH_CHACHA20_POLY1305_SHA256 TLS_ECDHE_RSA_WITH_AES_128_GCM_SHA256
                TLS_DHE_RSA_WITH_AES_256_GCM_SHA384 TLS_DHE_RSA_WITH_CHACHA20_POLY1305_SHA256
                TLS_DHE_DSS_WITH_AES_256_GCM_SHA384 TLS_DHE_RSA_WITH_AES_128_GCM_SHA256
                TLS_DHE_DSS_WITH_AES_128_GCM_SHA256 TLS_ECDHE_ECDSA_WITH_AES_256_CBC_SHA384
                TLS_ECDHE_RSA_WITH_AES_256_CBC_SHA384 TLS_ECDHE_ECDSA_WITH_AES_128_CBC_SHA256
                TLS_ECDHE_RSA_WITH_AES_128_CBC_SHA256 TLS_DHE_RSA_WITH_AES_256_CBC_SHA256
                TLS_DHE_DSS_WITH_AES_256_CBC_SHA256 TLS_DHE_RSA_WITH_AES_128_CBC_SHA256
                TLS_DHE_DSS_WITH_AES_128_CBC_SHA256 TLS_ECDHE_ECDSA_WITH_AES_256_CBC_SHA
                TLS_ECDHE_RSA_WITH_AES_256_CBC_SHA TLS_ECDHE_ECDSA_WITH_AES_128_CBC_SHA
                TLS_ECDHE_RSA_WITH_AES_128_CBC_SHA TLS_DHE_RSA_WITH_AES_256_CBC_SHA TLS_DHE_DSS_WITH_AES_256_CBC_SHA
                TLS_DHE_RSA_WITH_AES_128_CBC_SHA TLS_DHE_DSS_WITH_AES_128_CBC_SHA TLS_RSA_WITH_AES_256_GCM_SHA384
                TLS_RSA_WITH_AES_128_GCM_SHA256 TLS_RSA_WITH_AES_256_CBC_SHA256 TLS_RSA_WITH_AES_128_CBC_SHA256
                TLS_RSA_WITH_AES_256_CBC_SHA TLS_RSA_WITH_AES_128_CBC_SHA TLS_EMPTY_RENEGOTIATION_INFO_SCSV"""),
                decoded().cipherSuites().stream().map(CipherSuite::name).toList());
    }

    @Test
    void extensionTypes() throws TlsAlertException {
        assertEquals(
                List.of(0, 5, 10, 11, 16, 17, 23, 35, 13, 43, 45, 50, 51),
                decoded().extensions().types().stream().map(ExtensionType::code).toList());
    }

    @Test
    void namesVersionsAndGroups() throws TlsAlertException {
        assertEquals(List.of("localhost.example"), extension(ServerNames.class).hostNames());
        assertEquals(
                List.of("h2", "http/1.1"), extension(ApplicationProtocols.class).names());
        assertEquals(
                List.of(ProtocolVersion.TLS_1_3, ProtocolVersion.TLS_1_2),
                extension(SupportedVersions.class).versions());
        assertEquals(
                words("x25519 secp256r1 secp384r1 secp521r1 x448 ffdhe2048 ffdhe3072 ffdhe4096 ffdhe6144 ffdhe8192"),
                extension(SupportedGroups.class).groups().stream()
                        .map(NamedGroup::name)
                        .toList());
    }

    @Test
    void signatureSchemes() throws TlsAlertException {
        assertEquals(
                words("""
                ecdsa_secp256r1_sha256 ecdsa_secp384r1_sha384 ecdsa_secp521r1_sha512 ed25519 ed448
                rsa_pss_rsae_sha256 rsa_pss_rsae_sha384 rsa_pss_rsae_sha512 rsa_pss_pss_sha256 rsa_pss_pss_sha384
                rsa_pss_pss_sha512 rsa_pkcs1_sha256 rsa_pkcs1_sha384 rsa_pkcs1_sha512 dsa_sha256 ecdsa_sha224
                rsa_pkcs1_sha224 dsa_sha224 ecdsa_sha1 rsa_pkcs1_sha1 dsa_sha1"""),
                extension(SignatureAlgorithms.class).schemes().stream()
                        .map(SignatureScheme::name)
                        .toList());
    }

    @Test
    void aStatusIsAskedFor() throws TlsAlertException {
        var request = extension(StatusRequest.class);
        assertEquals(0, request.responders().size());
        assertHex("", request.requestExtensions());
    }

    @Test
    void statusRequestV2IsKeptAsItCame() throws TlsAlertException {
        var first = extension(UnknownExtension.class);
        assertEquals("status_request_v2", first.type().name());
        assertHex("000702000400000000", first.body());
    }

    private static List<String> words(String text) {
        return List.of(text.split("\\s+"));
    }

    private static void assertHex(String expected, byte[] octets) {
        assertEquals(expected, HexFormat.of().withUpperCase().formatHex(octets));
    }
}
