package org.almosttls.interop;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertSame;

import java.net.ServerSocket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLSession;
import javax.net.ssl.SSLSocket;
import org.almosttls.AlmostTlsProvider;
import org.almosttls.config.ClientAuthentication;
import org.almosttls.config.OnRequest;
import org.almosttls.event.TlsEventListener;
import org.almosttls.jsse.Scope;
import org.almosttls.jsse.TextbookTerms;
import org.almosttls.testkit.Contexts;
import org.almosttls.testkit.PeerProcess;
import org.almosttls.testkit.Peers;
import org.almosttls.testkit.TestCertificates;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * Sessions that another stack and ours resume by ticket (RFC 5077): with a client of theirs at two servers of ours that
 * share nothing but a file of keys, and with a server of theirs that remembers nothing.
 */
@Timeout(60)
class TicketInteropTest {

    @TempDir
    private Path folder;

    /** One server of a fleet, as if in a process of its own. */
    private static SSLContext server(Path keys) {
        var terms = new TextbookTerms(() -> false, said -> {});
        var provider = new AlmostTlsProvider(
                TlsEventListener::none, terms, Scope.ANY, () -> OnRequest.NOTHING, () -> Optional.of(keys.toString()));
        return Contexts.with(provider, TestCertificates.rsaServer());
    }

    /** As an operator makes them. */
    private Path keys(String form, int length) {
        Peers.OPENSSL.require();
        var file = folder.resolve("tickets.key");
        var words = form.equals("nginx")
                ? List.of("rand", "-out", file.toString(), "" + length)
                : List.of("rand", "-base64", "-out", file.toString(), "" + length);
        try (var process = PeerProcess.start(Peers.OPENSSL, words, Map.of())) {
            assertEquals(0, process.exitCode());
        }
        return file;
    }

    @ParameterizedTest
    @CsvSource({"nginx, 80", "nginx, 48", "haproxy, 48"})
    void opensslComesBackToAnotherServerOfTheFleet(String form, int length) throws Exception {
        var keys = keys(form, length);
        var session = folder.resolve("session").toString();
        SSLSession first;
        SSLSession second;
        try (var one = ResumptionInteropTest.listening(server(keys));
                var other = ResumptionInteropTest.listening(server(keys))) {
            first = ResumptionInteropTest.serve(one, Terms.client(), "-sess_out", session);
            second = ResumptionInteropTest.serve(other, Terms.client(), "-sess_in", session);
        }
        assertArrayEquals(first.getId(), second.getId());
    }

    @Test
    void opensslWithoutTicketsComesBackById() throws Exception {
        Peers.OPENSSL.require();
        var session = folder.resolve("session").toString();
        try (var listening =
                ResumptionInteropTest.listening(Contexts.with(Contexts.OURS, TestCertificates.rsaServer()))) {
            var first = ResumptionInteropTest.serve(listening, Terms.client(), "-sess_out", session, "-no_ticket");
            assertSame(
                    first, ResumptionInteropTest.serve(listening, Terms.client(), "-sess_in", session, "-no_ticket"));
        }
    }

    @Test
    void weComeBackToAnOpensslThatRemembersNothing() throws Exception {
        Peers.OPENSSL.require();
        var context = Contexts.client(Contexts.OURS);
        var terms = Terms.server(TestCertificates.ecServer()).asking(ClientAuthentication.WANT);
        try (var theirs = new Openssl().listen(terms, List.of("-naccept", "2", "-no_cache"))) {
            var first = ResumptionInteropTest.call(context, theirs.port());
            theirs.received();
            assertSame(first, ResumptionInteropTest.call(context, theirs.port()));
            theirs.received();
            theirs.process.output().await("Reused session-id");
        }
    }

    /** It hangs up and calls again by itself. */
    @Test
    void gnutlsComesBackToAnotherServerOfTheFleet() throws Exception {
        Peers.GNUTLS_CLI.require();
        var keys = keys("nginx", 80);
        try (var listening = new ServerSocket(0, 1, Ours.LOOPBACK)) {
            listening.setSoTimeout(Ours.PATIENCE_MILLIS);
            try (var theirs = new Gnutls().call(Terms.client(), listening.getLocalPort(), List.of("--resume"))) {
                var first = accept(listening, server(keys), theirs, false);
                var second = accept(listening, server(keys), theirs, true);
                theirs.process.output().await("This is a resumed session");
                assertArrayEquals(first.getId(), second.getId());
            }
        }
    }

    private static SSLSession accept(ServerSocket listening, SSLContext context, CommandLinePeer theirs, boolean last)
            throws Exception {
        var raw = listening.accept();
        try (var ours = (SSLSocket) context.getSocketFactory().createSocket(raw, "localhost", raw.getPort(), true)) {
            ours.setUseClientMode(false);
            ours.setSoTimeout(Ours.PATIENCE_MILLIS);
            ours.startHandshake();
            if (last) {
                var message = Message.of(100);
                theirs.send(message);
                var came = ours.getInputStream().readNBytes(message.length());
                assertEquals(message, new String(came, StandardCharsets.US_ASCII));
                theirs.finish();
            }
            ours.getInputStream().readAllBytes();
            return ours.getSession();
        }
    }

    @Test
    void weComeBackToAGnutlsThatRemembersNothing() throws Exception {
        Peers.GNUTLS_SERV.require();
        var context = Contexts.client(Contexts.OURS);
        try (var theirs = new Gnutls().listen(Terms.server(TestCertificates.ecServer()), List.of("--nodb"))) {
            var first = ResumptionInteropTest.call(context, theirs.port());
            assertSame(first, ResumptionInteropTest.call(context, theirs.port()));
        }
    }

    /** The platform's own stack is a client with tickets. */
    @Test
    void thePlatformComesBackToAnotherServerOfTheFleet() throws Exception {
        var keys = keys("nginx", 80);
        var client = Contexts.client(Contexts.PLATFORM);
        var first = ResumptionInteropTest.conversation(client, server(keys));
        var second = ResumptionInteropTest.conversation(client, server(keys));
        assertArrayEquals(
                first.server().engine().getSession().getId(),
                second.server().engine().getSession().getId());
        assertEquals(
                first.client().engine().getSession().getCreationTime(),
                second.client().engine().getSession().getCreationTime());
        var other = folder.resolve("none").toString();
        var third = ResumptionInteropTest.conversation(client, server(Path.of(other)));
        assertFalse(Arrays.equals(
                first.server().engine().getSession().getId(),
                third.server().engine().getSession().getId()));
    }
}
