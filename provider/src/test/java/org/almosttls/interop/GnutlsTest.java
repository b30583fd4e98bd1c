package org.almosttls.interop;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.util.Arrays;
import java.util.Optional;
import java.util.stream.Stream;
import javax.net.ssl.SSLException;
import org.almosttls.config.ClientAuthentication;
import org.almosttls.registry.Role;
import org.almosttls.testkit.Peers;
import org.almosttls.testkit.TestCertificates;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Our stack with GnuTLS. Its server tells neither the alert nor the close_notify that it receives, so how connections
 * end is asked of our end only.
 */
@Timeout(60)
class GnutlsTest {

    private static final int MUCH = 100_000;
    private static final int FEW = 100;

    @BeforeAll
    static void isThere() {
        Peers.GNUTLS_CLI.require();
        Peers.GNUTLS_SERV.require();
    }

    static Stream<Arguments> ends() {
        return Arrays.stream(Face.values())
                .flatMap(face -> Arrays.stream(Role.values())
                        .flatMap(role ->
                                Stream.of("TLSv1.3", "TLSv1.2").map(version -> Arguments.of(face, role, version))));
    }

    private static Terms client(String version) {
        return Terms.client().only(version);
    }

    private static Terms server(String version) {
        return Terms.server(TestCertificates.rsaServer()).only(version);
    }

    private static String suite(String version, String cipher) {
        return (version.equals("TLSv1.3") ? "TLS_" : "TLS_ECDHE_RSA_WITH_") + cipher;
    }

    private static Conversation begin(Face face, Role role, Terms client, Terms server) throws Exception {
        return new Conversation.Ends(new Gnutls(), face, role).begin(client, server);
    }

    /** By what each end likes best. */
    @ParameterizedTest
    @MethodSource("ends")
    void dataGoesBothWays(Face face, Role role, String version) throws Exception {
        var conversation = begin(face, role, client(version), server(version));
        try (conversation) {
            conversation.handshake().exchange(MUCH, MUCH + 1);
        }
        assertEquals("true", conversation.line().get("tls.established"));
    }

    @ParameterizedTest
    @MethodSource("ends")
    void theApplicationProtocolIsAgreedOn(Face face, Role role, String version) throws Exception {
        var client = client(version).speaking("imap", "http/1.1");
        var server = server(version).speaking("http/1.1");
        try (var conversation = begin(face, role, client, server)) {
            conversation.handshake().exchange(FEW, FEW);
            assertEquals("http/1.1", conversation.ours.alpn());
            assertEquals(Optional.of("http/1.1"), conversation.theirs.alpn());
        }
    }

    @ParameterizedTest
    @MethodSource("ends")
    void aClientProvesWhoItIs(Face face, Role role, String version) throws Exception {
        var server = server(version).asking(ClientAuthentication.NEED);
        var client = client(version).as(TestCertificates.ecClient());
        var conversation = begin(face, role, client, server);
        try (conversation) {
            conversation.handshake().exchange(FEW, FEW);
        }
        assertEquals("authenticated", conversation.line().get("almosttls.client_authentication"));
    }

    @ParameterizedTest
    @MethodSource("ends")
    void aServerOfAnUnknownCaIsRefused(Face face, Role role, String version) throws Exception {
        var server = Terms.server(TestCertificates.unknownCaServer()).only(version);
        var conversation = begin(face, role, client(version), server);
        try (conversation) {
            assertThrows(SSLException.class, () -> conversation.handshake().exchange(FEW, FEW));
        }
        var line = conversation.line();
        assertEquals("failure", line.get("event.outcome"));
        assertEquals(role == Role.CLIENT ? "sent" : "received", line.get("almosttls.alert.direction"));
    }

    @ParameterizedTest
    @MethodSource("ends")
    void noCommonSuiteEndsTheHandshake(Face face, Role role, String version) throws Exception {
        var client = client(version).suites(suite(version, "AES_128_GCM_SHA256"));
        var server = server(version).suites(suite(version, "AES_256_GCM_SHA384"));
        var conversation = begin(face, role, client, server);
        try (conversation) {
            assertThrows(SSLException.class, conversation::handshake);
        }
        assertEquals("handshake_failure", conversation.line().get("almosttls.alert.description"));
    }

    @ParameterizedTest
    @MethodSource("ends")
    void extendedMasterSecretIsNoCondition(Face face, Role role, String version) throws Exception {
        assumeTrue(version.equals("TLSv1.2"));
        var client = Terms.client();
        var server = Terms.server(TestCertificates.rsaServer());
        var conversation = role == Role.SERVER
                ? begin(face, role, client.withoutExtendedMasterSecret(), server)
                : begin(face, role, client, server.withoutExtendedMasterSecret());
        try (conversation) {
            conversation.handshake().exchange(FEW, FEW);
        }
        assertEquals("false", conversation.line().get("almosttls.extended_master_secret"));
    }
}
