package org.almosttls.handshake.tls13;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Arrays;
import java.util.Optional;
import java.util.function.UnaryOperator;
import org.almosttls.config.EarlyTerms;
import org.almosttls.crypto.choice.PerOperationBackend;
import org.almosttls.event.TlsEvent.MessageTransferred;
import org.almosttls.message.HandshakeMessage;
import org.almosttls.registry.CipherSuite;
import org.almosttls.registry.NamedGroup;
import org.almosttls.testkit.ConnectionPair;
import org.almosttls.testkit.End;
import org.almosttls.testkit.MovableClock;
import org.almosttls.testkit.TestCertificates;
import org.almosttls.testkit.TestConfig;
import org.almosttls.testkit.TestSessions;
import org.almosttls.testkit.Tls13;
import org.almosttls.ticket.SingleUse;

/** The same two ends, who meet again and again; the client has something to say before it is answered. */
abstract class EarlyMeeting {

    static final CipherSuite SUITE = CipherSuite.TLS_AES_128_GCM_SHA256;
    static final byte[] EARLY = "GET / HTTP/1.1\r\n\r\n".getBytes(StandardCharsets.US_ASCII);
    static final byte[] LATER = "later".getBytes(StandardCharsets.US_ASCII);
    static final int MOST = 1000;

    final TestSessions ofClient = new TestSessions().withTickets(Optional.empty());
    final TestSessions ofServer = new TestSessions().withTickets(Optional.of(Duration.ofHours(1)));
    final MovableClock clock = new MovableClock();
    SingleUse register = new SingleUse(PerOperationBackend::platform);

    TestConfig client() {
        return Tls13.client()
                .groups(NamedGroup.X25519, NamedGroup.SECP384R1)
                .suites(SUITE, CipherSuite.TLS_CHACHA20_POLY1305_SHA256)
                .with("clock", clock)
                .sessions(ofClient)
                .with("early", EarlyTerms.sending(EARLY));
    }

    TestConfig server() {
        return Tls13.server(TestCertificates.ecServer())
                .groups(NamedGroup.X25519, NamedGroup.SECP384R1)
                .with("clock", clock)
                .sessions(ofServer)
                .with("early", EarlyTerms.taking(MOST, register));
    }

    ConnectionPair meeting() {
        return meeting(client -> client, server -> server);
    }

    ConnectionPair meeting(UnaryOperator<TestConfig> client, UnaryOperator<TestConfig> server) {
        return new ConnectionPair(
                client.apply(client()).build(), server.apply(server()).build());
    }

    /** They have met before, and the client has a ticket. */
    ConnectionPair again() throws Exception {
        return again(client -> client, server -> server);
    }

    ConnectionPair again(UnaryOperator<TestConfig> client, UnaryOperator<TestConfig> server) throws Exception {
        meeting().handshake();
        return meeting(client, server);
    }

    static boolean isTaken(ConnectionPair pair) {
        boolean byClient = pair.client().connection().session().orElseThrow().earlyData();
        boolean byServer = pair.server().connection().session().orElseThrow().earlyData();
        if (byClient != byServer) throw new AssertionError("the ends do not agree");
        return byServer;
    }

    static byte[] taken(ConnectionPair pair) {
        return pair.server().connection().takeEarlyData();
    }

    static <M extends HandshakeMessage> Optional<M> said(End end, Class<M> kind) {
        return end.events()
                .all(MessageTransferred.class)
                .map(MessageTransferred::message)
                .filter(kind::isInstance)
                .map(kind::cast)
                .findFirst();
    }

    static byte[] delivered(End from, End to) throws Exception {
        byte[] before = to.data();
        to.deliver(from.seal(LATER));
        to.receive();
        return Arrays.copyOfRange(to.data(), before.length, to.data().length);
    }
}
