package org.almosttls.interop;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import java.net.ServerSocket;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.almosttls.alert.Violation;
import org.almosttls.config.ClientAuthentication;
import org.almosttls.config.OnRequest.Feature;
import org.almosttls.config.TlsConfig;
import org.almosttls.event.TlsEvent.ClientIdentified;
import org.almosttls.testkit.Expect;
import org.almosttls.testkit.Peers;
import org.almosttls.testkit.TestCertificates;
import org.almosttls.testkit.TestIdentity;
import org.almosttls.testkit.Tls13;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** RFC 8446 §4.6.2: OpenSSL and GnuTLS ask after the handshake who we are, and are asked. */
@Timeout(60)
class LateAuthenticationInteropTest {

    private static final String OURS = "hello from here\n";
    private static final String THEIRS = "hello from there\n";

    static List<Arguments> identities() {
        return List.of(Arguments.of(TestCertificates.rsaClient()), Arguments.of(TestCertificates.ecClient()));
    }

    private static Terms server() {
        return Terms.server(TestCertificates.ecServer()).only("TLSv1.3");
    }

    private static Terms client() {
        return Terms.client().only("TLSv1.3");
    }

    private static TlsConfig ourClient(TestIdentity... identity) {
        return Tls13.client(identity).requesting(Feature.POST_HANDSHAKE_AUTH).build();
    }

    private static TlsConfig ourServer(ClientAuthentication asking) {
        return Tls13.server(TestCertificates.rsaServer()).asking(asking).build();
    }

    private static ServerSocket listening() throws Exception {
        var listening = new ServerSocket(0, 1, Ours.LOOPBACK);
        listening.setSoTimeout(Ours.PATIENCE_MILLIS);
        return listening;
    }

    private static boolean isIdentified(BareConnection ours, int times) {
        return ours.end().events().all(ClientIdentified.class).count() == times;
    }

    private static String subject(TestIdentity identity) {
        return identity.certificate().getSubjectX500Principal().getName().replaceFirst(".*CN=([^,]*).*", "$1");
    }

    @ParameterizedTest
    @MethodSource("identities")
    void opensslAsksUs(TestIdentity identity) throws Exception {
        Peers.OPENSSL.require();
        try (var theirs = new Openssl().listen(server(), List.of());
                var ours = BareConnection.called(theirs.port(), ourClient(identity))) {
            for (int times = 1; times <= 2; times++) {
                theirs.send("c\n");
                int now = times;
                ours.until(() -> isIdentified(ours, now));
                theirs.process.output().await("depth=0 (?:.*CN ?= ?)(" + subject(identity) + ")");
                theirs.send(THEIRS);
                assertEquals(THEIRS.repeat(times), ours.received(THEIRS.length() * times));
                ours.send(OURS);
                theirs.process.output().await("(" + OURS.strip() + ")");
            }
            assertEquals(identity.chain(), ours.session().localChain());
        }
    }

    @Test
    void opensslTakesThatWeDoNotSay() throws Exception {
        Peers.OPENSSL.require();
        try (var theirs = new Openssl().listen(server(), List.of());
                var ours = BareConnection.called(theirs.port(), ourClient())) {
            theirs.send("c\n");
            ours.until(() -> isIdentified(ours, 1));
            ours.send(OURS);
            theirs.process.output().await("(" + OURS.strip() + ")");
            assertEquals(List.of(), ours.session().localChain());
        }
    }

    @Test
    void opensslCannotAskWhoHasNotOfferedIt() throws Exception {
        Peers.OPENSSL.require();
        var silent = Tls13.client(TestCertificates.ecClient()).build();
        try (var theirs = new Openssl().listen(server(), List.of());
                var ours = BareConnection.called(theirs.port(), silent)) {
            theirs.send("c\n");
            theirs.process.output().await("(extension not received)");
            ours.send(OURS);
            theirs.process.output().await("(" + OURS.strip() + ")");
        }
    }

    private static CommandLinePeer openssl(Terms terms, int port, String... more) {
        var words = new ArrayList<>(List.of("-enable_pha"));
        words.addAll(List.of(more));
        return new Openssl().call(terms, port, words);
    }

    @ParameterizedTest
    @MethodSource("identities")
    void weAskOpenssl(TestIdentity identity) throws Exception {
        Peers.OPENSSL.require();
        try (var listening = listening();
                var theirs = openssl(client().as(identity), listening.getLocalPort());
                var ours = BareConnection.accepted(listening, ourServer(ClientAuthentication.NONE))) {
            assertEquals(List.of(), ours.session().peerChain());
            for (int times = 1; times <= 3; times++) {
                ours.ask();
                int now = times;
                ours.until(() -> isIdentified(ours, now));
                assertEquals(identity.certificate(), ours.session().peerChain().get(0));
                theirs.send(THEIRS);
                assertEquals(THEIRS.repeat(times), ours.received(THEIRS.length() * times));
            }
        }
    }

    /** RFC 8446 §4.4: Finished is made with the keys of the moment. */
    @Test
    void weAskOpensslThatHasTurnedToNewKeys() throws Exception {
        Peers.OPENSSL.require();
        try (var listening = listening();
                var theirs = openssl(client().as(TestCertificates.ecClient()), listening.getLocalPort());
                var ours = BareConnection.accepted(listening, ourServer(ClientAuthentication.NONE))) {
            theirs.send("K\n");
            theirs.process.output().await("(KEYUPDATE)");
            theirs.send(THEIRS);
            assertEquals(THEIRS, ours.received(THEIRS.length()));
            ours.ask();
            ours.until(() -> isIdentified(ours, 1));
            assertFalse(ours.session().peerChain().isEmpty());
        }
    }

    @Test
    void opensslMayDecline() throws Exception {
        Peers.OPENSSL.require();
        try (var listening = listening();
                var theirs = openssl(client(), listening.getLocalPort());
                var ours = BareConnection.accepted(
                        listening, ourServer(ClientAuthentication.NONE), ourServer(ClientAuthentication.WANT))) {
            ours.ask();
            ours.until(() -> isIdentified(ours, 1));
            assertEquals(List.of(), ours.session().peerChain());
            theirs.send(THEIRS);
            assertEquals(THEIRS, ours.received(THEIRS.length()));
        }
    }

    @Test
    void opensslIsToldThatACertificateIsNeeded() throws Exception {
        Peers.OPENSSL.require();
        var asksLater = ourServer(ClientAuthentication.NEED);
        try (var listening = listening();
                var theirs = openssl(client(), listening.getLocalPort());
                var ours = BareConnection.accepted(listening, ourServer(ClientAuthentication.NONE), asksLater)) {
            ours.ask();
            Expect.violation(Violation.CERTIFICATE_REQUIRED, () -> ours.until(() -> false));
            assertEquals("certificate_required", theirs.alert());
        }
    }

    @Test
    void opensslThatHasNotOfferedItIsNotAsked() throws Exception {
        Peers.OPENSSL.require();
        try (var listening = listening();
                var theirs = new Openssl().call(client(), listening.getLocalPort(), List.of());
                var ours = BareConnection.accepted(listening, ourServer(ClientAuthentication.NONE))) {
            assertFalse(ours.end().connection().inquiry().isPossible());
            theirs.send(THEIRS);
            assertEquals(THEIRS, ours.received(THEIRS.length()));
        }
    }

    @ParameterizedTest
    @MethodSource("identities")
    void gnutlsAsksUs(TestIdentity identity) throws Exception {
        Peers.GNUTLS_SERV.require();
        try (var theirs = new Gnutls().listen(server().asking(ClientAuthentication.WANT), List.of("--nodb"));
                var ours = BareConnection.called(theirs.port(), ourClient(identity))) {
            ours.send("**REAUTH**\n");
            ours.until(() -> isIdentified(ours, 1));
            ours.send(OURS);
            ours.until(() -> new String(ours.end().data(), StandardCharsets.US_ASCII).endsWith(OURS));
            assertEquals(identity.chain(), ours.session().localChain());
        }
    }

    @ParameterizedTest
    @MethodSource("identities")
    void weAskGnutls(TestIdentity identity) throws Exception {
        Peers.GNUTLS_CLI.require();
        try (var listening = listening();
                var theirs = new Gnutls()
                        .call(client().as(identity), listening.getLocalPort(), List.of("--post-handshake-auth"));
                var ours = BareConnection.accepted(listening, ourServer(ClientAuthentication.NONE))) {
            ours.ask();
            ours.until(() -> isIdentified(ours, 1));
            assertEquals(identity.certificate(), ours.session().peerChain().get(0));
            theirs.send(THEIRS);
            assertEquals(THEIRS, ours.received(THEIRS.length()));
            ours.send(OURS);
            theirs.process.output().await("(" + OURS.strip() + ")");
        }
    }
}
