package org.almosttls.interop;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.net.ServerSocket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.almosttls.config.EarlyTerms;
import org.almosttls.config.TlsConfig;
import org.almosttls.crypto.choice.PerOperationBackend;
import org.almosttls.registry.CipherSuite;
import org.almosttls.registry.NamedGroup;
import org.almosttls.testkit.Peers;
import org.almosttls.testkit.TestCertificates;
import org.almosttls.testkit.TestSessions;
import org.almosttls.testkit.Tls13;
import org.almosttls.ticket.SingleUse;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** RFC 8446 §2.3: early data with OpenSSL and GnuTLS, in either role. Where a stack passes it over is in the tests of resumption. */
@Timeout(60)
class EarlyDataInteropTest {

    private static final String VERSION = "TLSv1.3";
    private static final String EARLY = "as early as can be\n";
    private static final String MESSAGE = Message.of(100);

    private final TestSessions sessions = new TestSessions().withTickets(Optional.of(Duration.ofHours(1)));
    private final SingleUse register = new SingleUse(PerOperationBackend::platform);

    @TempDir
    private Path folder;

    private TlsConfig server() {
        return Tls13.server(TestCertificates.ecServer())
                .groups(NamedGroup.X25519, NamedGroup.SECP256R1)
                .sessions(sessions)
                .with("early", EarlyTerms.taking(1_000, register))
                .build();
    }

    private TlsConfig client(String data) {
        return Tls13.client()
                .suites(CipherSuite.TLS_AES_256_GCM_SHA384)
                .sessions(sessions)
                .with("early", EarlyTerms.sending(octets(data)))
                .build();
    }

    private static byte[] octets(String text) {
        return text.getBytes(StandardCharsets.US_ASCII);
    }

    private static ServerSocket listening() throws Exception {
        var listening = new ServerSocket(0, 1, Ours.LOOPBACK);
        listening.setSoTimeout(Ours.PATIENCE_MILLIS);
        return listening;
    }

    private void assertTalk(CommandLinePeer theirs, BareConnection ours) throws Exception {
        theirs.send(MESSAGE);
        assertTrue(ours.received(MESSAGE.length()).contains(MESSAGE));
        ours.send(MESSAGE);
        assertEquals(Message.digits(MESSAGE), Message.digits(theirs.received()));
    }

    @Test
    void opensslSendsIt() throws Exception {
        Peers.OPENSSL.require();
        var file = folder.resolve("session").toString();
        var data = Files.writeString(folder.resolve("data"), EARLY).toString();
        try (var listening = listening()) {
            call(listening, false, "-sess_out", file);
            call(listening, true, "-sess_in", file, "-early_data", data);
        }
    }

    /** Somebody who has kept the session, and the data, says both again. */
    @Test
    void opensslDoesNotSendItTwice() throws Exception {
        Peers.OPENSSL.require();
        var file = folder.resolve("session").toString();
        var data = Files.writeString(folder.resolve("data"), EARLY).toString();
        try (var listening = listening()) {
            call(listening, false, "-sess_out", file);
            call(listening, true, "-sess_in", file, "-early_data", data);
            call(listening, false, "-sess_in", file, "-early_data", data);
        }
    }

    private void call(ServerSocket listening, boolean taken, String... options) throws Exception {
        try (var theirs = new Openssl().call(Terms.client().only(VERSION), listening.getLocalPort(), List.of(options));
                var ours = BareConnection.accepted(listening, server())) {
            assertEquals(taken, ours.session().earlyData());
            assertArrayEquals(
                    taken ? octets(EARLY) : new byte[0], ours.end().connection().takeEarlyData());
            theirs.process.output().await("Early data was (" + (taken ? "accepted" : "not sent|rejected") + ")");
            assertTalk(theirs, ours);
            theirs.finish();
            theirs.process.exitCode();
        }
    }

    @Test
    void weSendItToOpenssl() throws Exception {
        Peers.OPENSSL.require();
        var terms = Terms.server(TestCertificates.ecServer()).only(VERSION);
        try (var theirs = new Openssl().listen(terms, List.of("-early_data", "-naccept", "2"))) {
            try (var first = BareConnection.called(theirs.port(), client(EARLY))) {
                assertFalse(first.session().earlyData());
                // Whatever comes comes behind the tickets.
                assertTalk(theirs, first);
            }
            try (var second = BareConnection.called(theirs.port(), client(EARLY))) {
                assertTrue(second.session().earlyData());
                theirs.process.output().await("(" + EARLY.strip() + ")");
                assertTalk(theirs, second);
            }
        }
    }

    @Test
    void gnutlsSendsIt() throws Exception {
        Peers.GNUTLS_CLI.require();
        var data = Files.writeString(folder.resolve("data"), EARLY).toString();
        try (var listening = listening();
                var theirs = new Gnutls()
                        .call(
                                Terms.client().only(VERSION),
                                listening.getLocalPort(),
                                List.of("--resume", "--earlydata", data))) {
            try (var first = BareConnection.accepted(listening, server())) {
                assertFalse(first.session().earlyData());
            }
            try (var second = BareConnection.accepted(listening, server())) {
                assertTrue(second.session().earlyData());
                assertArrayEquals(octets(EARLY), second.end().connection().takeEarlyData());
                theirs.send(MESSAGE);
                assertTrue(second.received(MESSAGE.length()).contains(MESSAGE));
            }
        }
    }

    @Test
    void weSendItToGnutls() throws Exception {
        Peers.GNUTLS_SERV.require();
        var terms = Terms.server(TestCertificates.ecServer()).only(VERSION);
        try (var theirs = new Gnutls().listen(terms, List.of("--nodb", "--earlydata", "--maxearlydata", "1000"))) {
            for (boolean taken : new boolean[] {false, true}) {
                try (var ours = BareConnection.called(theirs.port(), client(EARLY))) {
                    assertEquals(taken, ours.session().earlyData());
                    ours.send(MESSAGE + "\n");
                    assertTrue(ours.received(MESSAGE.length()).contains(taken ? "" : MESSAGE));
                }
            }
        }
    }
}
