package org.almosttls.interop;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

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
                .flatMap(face -> Arrays.stream(Role.values()).map(role -> Arguments.of(face, role)));
    }

    private static Conversation begin(Face face, Role role, Terms client, Terms server) throws Exception {
        return new Conversation.Ends(new Gnutls(), face, role).begin(client, server);
    }

    /** By what each end likes best. */
    @ParameterizedTest
    @MethodSource("ends")
    void dataGoesBothWays(Face face, Role role) throws Exception {
        var conversation = begin(face, role, Terms.client(), Terms.server(TestCertificates.rsaServer()));
        try (conversation) {
            conversation.handshake().exchange(MUCH, MUCH + 1);
        }
        assertEquals("true", conversation.line().get("tls.established"));
    }

    @ParameterizedTest
    @MethodSource("ends")
    void theApplicationProtocolIsAgreedOn(Face face, Role role) throws Exception {
        var client = Terms.client().speaking("imap", "http/1.1");
        var server = Terms.server(TestCertificates.rsaServer()).speaking("http/1.1");
        try (var conversation = begin(face, role, client, server)) {
            conversation.handshake().exchange(FEW, FEW);
            assertEquals("http/1.1", conversation.ours.alpn());
            assertEquals(Optional.of("http/1.1"), conversation.theirs.alpn());
        }
    }

    @ParameterizedTest
    @MethodSource("ends")
    void aClientProvesWhoItIs(Face face, Role role) throws Exception {
        var server = Terms.server(TestCertificates.rsaServer()).asking(ClientAuthentication.NEED);
        var client = Terms.client().as(TestCertificates.ecClient());
        var conversation = begin(face, role, client, server);
        try (conversation) {
            conversation.handshake().exchange(FEW, FEW);
        }
        assertEquals("authenticated", conversation.line().get("almosttls.client_authentication"));
    }

    @ParameterizedTest
    @MethodSource("ends")
    void aServerOfAnUnknownCaIsRefused(Face face, Role role) throws Exception {
        var server = Terms.server(TestCertificates.unknownCaServer());
        var conversation = begin(face, role, Terms.client(), server);
        try (conversation) {
            assertThrows(SSLException.class, () -> conversation.handshake().exchange(FEW, FEW));
        }
        var line = conversation.line();
        assertEquals("failure", line.get("event.outcome"));
        assertEquals(role == Role.CLIENT ? "sent" : "received", line.get("almosttls.alert.direction"));
    }

    @ParameterizedTest
    @MethodSource("ends")
    void noCommonSuiteEndsTheHandshake(Face face, Role role) throws Exception {
        var client = Terms.client().suites("TLS_ECDHE_RSA_WITH_AES_128_GCM_SHA256");
        var server = Terms.server(TestCertificates.rsaServer()).suites("TLS_ECDHE_RSA_WITH_AES_256_GCM_SHA384");
        var conversation = begin(face, role, client, server);
        try (conversation) {
            assertThrows(SSLException.class, conversation::handshake);
        }
        assertEquals("handshake_failure", conversation.line().get("almosttls.alert.description"));
    }

    @ParameterizedTest
    @MethodSource("ends")
    void extendedMasterSecretIsNoCondition(Face face, Role role) throws Exception {
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
