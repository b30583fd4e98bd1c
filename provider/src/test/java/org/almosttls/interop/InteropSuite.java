package org.almosttls.interop;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import javax.net.ssl.SSLException;
import javax.net.ssl.SSLHandshakeException;
import org.almosttls.config.ClientAuthentication;
import org.almosttls.interop.Opposite.Ability;
import org.almosttls.registry.Role;
import org.almosttls.testkit.TestCertificates;
import org.almosttls.testkit.TestIdentity;
import org.junit.jupiter.api.Named;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

/** What our stack must do with any other, in either role. The role that a test's name tells is ours. */
@Timeout(60)
abstract class InteropSuite {

    /** More than four records, more than any buffer on the way. */
    private static final int MUCH = 100_000;

    private static final int FEW = 100;

    private static final String NEW = "TLSv1.3";

    private final Opposite opposite;
    private final Face face;
    private final String version;

    InteropSuite(Opposite opposite, Face face, String version) {
        this.opposite = opposite;
        this.face = face;
        this.version = version;
    }

    private boolean isNew() {
        return version.equals(NEW);
    }

    private Terms client() {
        return Terms.client().only(version);
    }

    private Terms server(TestIdentity identity) {
        return Terms.server(identity).only(version);
    }

    /** For an RSA key. */
    private String suite(String cipher) {
        return (isNew() ? "TLS_" : "TLS_ECDHE_RSA_WITH_") + cipher;
    }

    private Conversation begin(Role role, Terms client, Terms server) throws Exception {
        return new Conversation.Ends(opposite, face, role).begin(client, server);
    }

    /** By what each end likes best. */
    @ParameterizedTest
    @EnumSource(Role.class)
    void dataGoesBothWays(Role role) throws Exception {
        var conversation = begin(role, client(), server(TestCertificates.rsaServer()));
        try (conversation) {
            conversation.handshake().exchange(MUCH, MUCH + 1);
        }
        var line = conversation.line();
        assertEquals(version.substring("TLSv".length()), line.get("tls.protocol.version"));
        assertEquals("true", line.get("tls.established"));
        assertEquals("true", line.get("almosttls.extended_master_secret"));
        assertEquals(Integer.toString(Message.of(MUCH).length()), line.get("almosttls.bytes.sent"));
    }

    @ParameterizedTest
    @EnumSource(Role.class)
    void theirClosingIsHeard(Role role) throws Exception {
        assumeTrue(role == Role.SERVER || opposite.can(Ability.CLOSE_FIRST_AS_SERVER));
        var conversation = begin(role, client(), server(TestCertificates.ecServer()));
        try (conversation) {
            conversation.handshake().exchange(FEW, FEW);
            conversation.theirs.finish();
            assertEquals(0, conversation.ours.read(1).length);
        }
        assertEnded("close_notify", conversation);
    }

    @ParameterizedTest
    @EnumSource(Role.class)
    void ourClosingIsHeard(Role role) throws Exception {
        var conversation = begin(role, client(), server(TestCertificates.ecServer()));
        try (conversation) {
            conversation.handshake().exchange(FEW, FEW);
            conversation.ours.close();
            conversation.theirs.awaitCloseNotify();
        }
        assertEnded("close_notify", conversation);
    }

    /** RFC 5246 §7.2.1. The platform's socket takes it for an end, its engine does not; ours do the same. */
    @ParameterizedTest
    @EnumSource(Role.class)
    void aPeerThatDiesIsNotOneThatHasFinished(Role role) throws Exception {
        var conversation = begin(role, client(), server(TestCertificates.ecServer()));
        try (conversation) {
            conversation.handshake().exchange(FEW, FEW);
            conversation.theirs.die();
            if (face == Face.SOCKET) assertEquals(0, conversation.ours.read(1).length);
            else assertThrows(SSLException.class, () -> conversation.ours.read(1));
        }
        assertEnded("truncated", conversation);
    }

    @ParameterizedTest
    @EnumSource(Role.class)
    void theApplicationProtocolIsAgreedOn(Role role) throws Exception {
        var client = client().speaking("imap", "http/1.1");
        var server = server(TestCertificates.rsaServer()).speaking("http/1.1");
        var conversation = begin(role, client, server);
        try (conversation) {
            conversation.handshake().exchange(FEW, FEW);
            assertEquals("http/1.1", conversation.ours.alpn());
            assertEquals(Optional.of("http/1.1"), conversation.theirs.alpn());
        }
        assertEquals("http/1.1", conversation.line().get("tls.next_protocol"));
    }

    @ParameterizedTest
    @EnumSource(Role.class)
    void noApplicationProtocolNeedBeSpoken(Role role) throws Exception {
        try (var conversation = begin(role, client(), server(TestCertificates.rsaServer()))) {
            conversation.handshake().exchange(FEW, FEW);
            assertEquals("", conversation.ours.alpn());
            assertEquals(Optional.empty(), conversation.theirs.alpn());
        }
    }

    @ParameterizedTest
    @EnumSource(Role.class)
    void noCommonApplicationProtocolEndsTheHandshake(Role role) throws Exception {
        assumeTrue(role == Role.SERVER || opposite.can(Ability.REFUSE_APPLICATION_PROTOCOLS));
        var server = server(TestCertificates.rsaServer()).speaking("http/1.1");
        assertRefused(role == Role.SERVER, "no_application_protocol", begin(role, client().speaking("imap"), server));
    }

    @ParameterizedTest
    @EnumSource(Role.class)
    void aNameThatIsNotServedEndsTheHandshake(Role role) throws Exception {
        assumeTrue(role == Role.SERVER || opposite.can(Ability.REFUSE_NAMES));
        var server = server(TestCertificates.rsaServer()).named(Optional.of("some.example"));
        assertRefused(role == Role.SERVER, "unrecognized_name", begin(role, client(), server));
    }

    @ParameterizedTest
    @EnumSource(Role.class)
    void theNameThatIsServedIsSeen(Role role) throws Exception {
        var server = server(TestCertificates.rsaServer()).named(Optional.of(TestCertificates.HOST));
        var conversation = begin(role, client(), server);
        try (conversation) {
            conversation.handshake().exchange(FEW, FEW);
        }
        assertEquals(TestCertificates.HOST, conversation.line().get("server.address"));
    }

    static Stream<Arguments> clients() {
        return Arrays.stream(Role.values())
                .flatMap(role -> Stream.of(
                        Arguments.of(role, Named.of("RSA", TestCertificates.rsaClient())),
                        Arguments.of(role, Named.of("EC", TestCertificates.ecClient()))));
    }

    @ParameterizedTest
    @MethodSource("clients")
    void aClientProvesWhoItIs(Role role, TestIdentity client) throws Exception {
        var server = server(TestCertificates.rsaServer()).asking(ClientAuthentication.NEED);
        var conversation = begin(role, client().as(client), server);
        try (conversation) {
            conversation.handshake().exchange(FEW, FEW);
            var session = conversation.ours.session();
            var chain = role == Role.SERVER ? session.getPeerCertificates() : session.getLocalCertificates();
            assertEquals(client.certificate(), chain[0]);
        }
        assertEquals("authenticated", conversation.line().get("almosttls.client_authentication"));
    }

    @ParameterizedTest
    @EnumSource(Role.class)
    void aClientThatMayNeedNotProveWhoItIs(Role role) throws Exception {
        assumeTrue(role == Role.SERVER || opposite.can(Ability.WANT_CLIENTS_PROOF));
        var server = server(TestCertificates.rsaServer()).asking(ClientAuthentication.WANT);
        var conversation = begin(role, client(), server);
        try (conversation) {
            conversation.handshake().exchange(FEW, FEW);
        }
        assertEquals("not_given", conversation.line().get("almosttls.client_authentication"));
    }

    /** RFC 5246 §7.4.6, RFC 8446 §4.4.2.4. */
    @ParameterizedTest
    @EnumSource(Role.class)
    void aClientThatMustAndDoesNotIsRefused(Role role) throws Exception {
        var server = server(TestCertificates.rsaServer()).asking(ClientAuthentication.NEED);
        String alert = isNew() ? "certificate_required" : "handshake_failure";
        assertRefused(role == Role.SERVER, alert, begin(role, client(), server));
    }

    @Test
    void aClientOfAnUnknownCaIsRefused() throws Exception {
        assumeTrue(opposite.can(Ability.SHOW_ANY_CERTIFICATE));
        var server = server(TestCertificates.rsaServer()).asking(ClientAuthentication.NEED);
        var client = client().as(TestCertificates.unknownCaClient());
        assertRefused(true, "unknown_ca", begin(Role.SERVER, client, server));
    }

    @ParameterizedTest
    @EnumSource(Role.class)
    void aServerOfAnUnknownCaIsRefused(Role role) throws Exception {
        var server = server(TestCertificates.unknownCaServer());
        assertRefused(role == Role.CLIENT, "unknown_ca", begin(role, client(), server));
    }

    @ParameterizedTest
    @EnumSource(Role.class)
    void aServerThatHasExpiredIsRefused(Role role) throws Exception {
        var server = server(TestCertificates.expiredServer());
        assertRefused(role == Role.CLIENT, "certificate_expired", begin(role, client(), server));
    }

    /** No alert is meant for this; ours says what the platform says. */
    @Test
    void aServerOfAnotherNameIsRefused() throws Exception {
        var server = server(TestCertificates.wrongHostServer());
        assertRefused(true, "certificate_unknown", begin(Role.CLIENT, client(), server));
    }

    @ParameterizedTest
    @EnumSource(Role.class)
    void noCommonSuiteEndsTheHandshake(Role role) throws Exception {
        var client = client().suites(suite("AES_128_GCM_SHA256"));
        var server = server(TestCertificates.rsaServer()).suites(suite("AES_256_GCM_SHA384"));
        assertRefused(role == Role.SERVER, "handshake_failure", begin(role, client, server));
    }

    /** RFC 8422 §4. */
    @ParameterizedTest
    @EnumSource(Role.class)
    void noCommonGroupEndsTheHandshake(Role role) throws Exception {
        assumeTrue(opposite.can(Ability.CHOOSE_GROUPS));
        String suite = suite("AES_128_GCM_SHA256");
        var client = client().suites(suite).groups(List.of("x25519"));
        var server = server(TestCertificates.rsaServer()).suites(suite).groups(List.of("secp384r1"));
        assertRefused(role == Role.SERVER, "handshake_failure", begin(role, client, server));
    }

    /** RFC 5246 §E.1, RFC 8446 §4.2.1. */
    @ParameterizedTest
    @CsvSource({"CLIENT, TLSv1.3", "SERVER, TLSv1.3", "SERVER, TLSv1.1", "CLIENT, TLSv1.2", "SERVER, TLSv1.2"})
    void noCommonVersionEndsTheHandshake(Role role, String theirs) throws Exception {
        assumeTrue(isNew() ? theirs.equals("TLSv1.2") : !theirs.equals("TLSv1.2"));
        assumeTrue(!theirs.equals("TLSv1.1") || opposite.can(Ability.OLDER_VERSION));
        var client = client();
        var server = server(TestCertificates.rsaServer());
        var conversation = role == Role.SERVER
                ? begin(role, client.only(theirs), server)
                : begin(role, client, server.only(theirs));
        assertRefused(role == Role.SERVER, "protocol_version", conversation);
    }

    /** RFC 5246 §E.1: a server may choose an older version, and a client that does not speak it must refuse. */
    @Test
    void aServerThatOnlySpeaksAnOlderVersionIsRefused() throws Exception {
        assumeTrue(!isNew() && opposite.can(Ability.OLDER_VERSION));
        var server = server(TestCertificates.rsaServer()).only("TLSv1.1");
        var conversation = begin(Role.CLIENT, client(), server);
        try (conversation) {
            assertThrows(SSLHandshakeException.class, conversation::handshake);
        }
        var line = conversation.line();
        assertEquals("protocol_version", line.get("almosttls.alert.description"));
        assertEquals("sent", line.get("almosttls.alert.direction"));
        assertEquals("failed", line.get("almosttls.ended"));
    }

    @ParameterizedTest
    @EnumSource(Role.class)
    void extendedMasterSecretIsNoCondition(Role role) throws Exception {
        assumeTrue(!isNew() && opposite.can(Ability.LEAVE_OUT_EXTENDED_MASTER_SECRET));
        var client = client();
        var server = server(TestCertificates.rsaServer());
        var conversation = role == Role.SERVER
                ? begin(role, client.withoutExtendedMasterSecret(), server)
                : begin(role, client, server.withoutExtendedMasterSecret());
        try (conversation) {
            conversation.handshake().exchange(FEW, FEW);
        }
        assertEquals("false", conversation.line().get("almosttls.extended_master_secret"));
    }

    private static void assertEnded(String how, Conversation conversation) throws Exception {
        assertEquals(how, conversation.line().get("almosttls.ended"));
    }

    /** RFC 8446 §4.4.2.4: a client has its session before the server has judged its certificate. */
    private void hear(Conversation conversation) throws Exception {
        conversation.handshake();
        if (isNew()) conversation.ours.read(1);
    }

    /** One end refuses the other, which learns why; the session log tells it as it was. */
    private void assertRefused(boolean byUs, String alert, Conversation conversation) throws Exception {
        try (conversation) {
            var failure = assertThrows(SSLException.class, () -> hear(conversation));
            if (byUs) assertEquals(alert, conversation.theirs.alert());
            else assertTrue(failure.getMessage().startsWith("Received fatal alert: "), failure::toString);
        }
        var line = conversation.line();
        String said = line.get("almosttls.alert.description");
        assertTrue((byUs ? Set.of(alert) : opposite.says(alert)).contains(said), said);
        assertEquals(byUs ? "sent" : "received", line.get("almosttls.alert.direction"));
        assertEquals(byUs ? "failed" : "alert_received", line.get("almosttls.ended"));
        assertEquals("failure", line.get("event.outcome"));
        boolean late = isNew() && !byUs;
        if (!late) assertEquals("false", line.get("tls.established"));
    }
}
