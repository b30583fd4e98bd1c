package org.almosttls.handshake.tls13;

import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.function.UnaryOperator;
import org.almosttls.alert.TlsAlertException;
import org.almosttls.extension.OfferedPreSharedKeys;
import org.almosttls.handshake.Action;
import org.almosttls.message.ClientHello;
import org.almosttls.message.HandshakeMessage;
import org.almosttls.message.NewSessionTicket13;
import org.almosttls.message.ServerHello;
import org.almosttls.registry.ExtensionType;
import org.almosttls.registry.HandshakeType;
import org.almosttls.registry.ProtocolVersion;
import org.almosttls.testkit.MovableClock;
import org.almosttls.testkit.StatePair;
import org.almosttls.testkit.TestCertificates;
import org.almosttls.testkit.TestConfig;
import org.almosttls.testkit.TestIdentity;
import org.almosttls.testkit.TestSessions;
import org.almosttls.testkit.Tls13;

/** The same two ends, who meet again and again. */
abstract class Reunion {

    final TestSessions ofClient = new TestSessions().withTickets(Optional.empty());
    final TestSessions ofServer = new TestSessions().withTickets(Optional.of(Duration.ofHours(1)));
    final MovableClock clock = new MovableClock();

    /** Something that may go wrong. */
    interface Doing {
        void with(StatePair pair) throws Exception;
    }

    StatePair meeting() throws TlsAlertException {
        return meeting(client -> client, server -> server);
    }

    StatePair meeting(UnaryOperator<TestConfig> client, UnaryOperator<TestConfig> server) throws TlsAlertException {
        return pair(client.apply(Tls13.client()), server.apply(Tls13.server(TestCertificates.ecServer())));
    }

    /** The client has this certificate. */
    StatePair meetingOf(TestIdentity identity, UnaryOperator<TestConfig> server) throws TlsAlertException {
        return pair(Tls13.client(identity), server.apply(Tls13.server(TestCertificates.ecServer())));
    }

    StatePair meetingOf(TestIdentity identity, UnaryOperator<TestConfig> client, UnaryOperator<TestConfig> server)
            throws TlsAlertException {
        return pair(client.apply(Tls13.client(identity)), server.apply(Tls13.server(TestCertificates.ecServer())));
    }

    /** Both ends speak TLS 1.2 as well. */
    StatePair bothVersions() throws TlsAlertException {
        return pair(Tls13.too(TestConfig.client()), Tls13.too(TestConfig.server(TestCertificates.ecServer())));
    }

    /** The server speaks nothing newer than TLS 1.2. */
    void olderMeeting(Doing doing) throws Exception {
        doing.with(pair(
                Tls13.too(TestConfig.client()),
                Tls13.too(TestConfig.server(TestCertificates.ecServer())).versions(ProtocolVersion.TLS_1_2)));
    }

    private StatePair pair(TestConfig client, TestConfig server) throws TlsAlertException {
        return new StatePair(
                own(client, ofClient).build(), own(server, ofServer).build());
    }

    private TestConfig own(TestConfig config, TestSessions sessions) {
        return config.with("clock", clock).sessions(sessions);
    }

    /** What was delivered, but for ChangeCipherSpec. */
    static List<String> flown(StatePair pair) {
        return pair.flown().stream()
                .filter(flying -> !flying.isChangeCipherSpec())
                .map(flying ->
                        HandshakeType.of(flying.bytes()[0] & 0xFF).orElseThrow().name())
                .toList();
    }

    static boolean isResumed(StatePair pair) {
        return serverHello(pair).extensions().has(ExtensionType.PRE_SHARED_KEY)
                && !flown(pair).contains("CERTIFICATE");
    }

    /** The first that the client has sent. */
    static ClientHello clientHello(StatePair pair) {
        return sent(pair, true, ClientHello.class).get(0);
    }

    /** The last that the server has sent. */
    static ServerHello serverHello(StatePair pair) {
        var all = sent(pair, false, ServerHello.class);
        return all.get(all.size() - 1);
    }

    static List<NewSessionTicket13> ticketsOf(StatePair pair) {
        return sent(pair, false, NewSessionTicket13.class);
    }

    static OfferedPreSharedKeys offered(ClientHello hello) {
        return hello.extensions().find(OfferedPreSharedKeys.class).orElseThrow();
    }

    private static <M extends HandshakeMessage> List<M> sent(StatePair pair, boolean ofClient, Class<M> kind) {
        return pair.end(ofClient).actions(Action.Send.class).stream()
                .map(send -> send.message().message())
                .filter(kind::isInstance)
                .map(kind::cast)
                .toList();
    }
}
