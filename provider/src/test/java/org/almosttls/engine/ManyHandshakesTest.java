package org.almosttls.engine;

import static org.almosttls.testkit.Renegotiating.connected;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.ByteBuffer;
import java.util.ArrayDeque;
import java.util.List;
import org.almosttls.alert.Violation;
import org.almosttls.config.ClientAuthentication;
import org.almosttls.config.NextHandshake;
import org.almosttls.config.TlsConfig;
import org.almosttls.testkit.ConnectionPair;
import org.almosttls.testkit.End;
import org.almosttls.testkit.Expect;
import org.almosttls.testkit.Renegotiating;
import org.almosttls.testkit.TestCertificates;
import org.almosttls.testkit.TestIdentity;
import org.almosttls.testkit.TestSessions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What holds over several handshakes of one connection, and where one of them is broken off. */
class ManyHandshakesTest {

    private static final ByteBuffer[] ROOM = {ByteBuffer.allocate(TlsConnection.MAX_PLAINTEXT)};

    /** RFC 5746 §5: a handshake in which a client shows nothing does not let it become somebody else in the next. */
    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void whoOnceWasSomebodyIsNobodyElseLater(boolean samePerson) throws Exception {
        var third = samePerson ? TestCertificates.ecClient() : TestCertificates.rsaClient();
        var server = Renegotiating.server(TestCertificates.ecServer()).asking(ClientAuthentication.WANT);
        var pair = new ConnectionPair(
                new End(client(TestCertificates.ecClient()), inTurn(client(), client(third))), new End(server.build()));
        pair.handshake();
        pair.client().connection().renegotiate();
        pair.handshake();
        assertTrue(
                pair.server().connection().session().orElseThrow().peerChain().isEmpty());
        pair.client().connection().renegotiate();
        if (!samePerson) {
            Expect.violation(Violation.CERTIFICATE_CHANGED, pair::handshake);
            return;
        }
        pair.handshake();
        assertEquals(
                third.certificate(),
                pair.server().connection().session().orElseThrow().peerChain().get(0));
    }

    private static TlsConfig client(TestIdentity... identities) {
        return Renegotiating.client(identities).build();
    }

    private static NextHandshake inTurn(TlsConfig... configs) {
        var left = new ArrayDeque<>(List.of(configs));
        return new NextHandshake() {
            @Override
            public boolean heedsPeer() {
                return true;
            }

            @Override
            public ClientAuthentication asks() {
                return ClientAuthentication.NONE;
            }

            @Override
            public TlsConfig config() {
                return left.remove();
            }
        };
    }

    /** RFC 5246 §7.2.2: after a fatal alert nothing that belongs to the connection is resumed, the first session neither. */
    @Test
    void aFatalAlertEndsTheSessionsOfAllItsHandshakes() throws Exception {
        var sessions = new TestSessions();
        var pair = new ConnectionPair(
                client(),
                Renegotiating.server(TestCertificates.ecServer())
                        .sessions(sessions)
                        .build());
        pair.handshake();
        pair.client().connection().renegotiate();
        pair.handshake();
        assertEquals(2, sessions.kept().size());
        pair.server().deliver(new byte[] {23, 3, 3, 0, 64});
        pair.server().deliver(new byte[64]);
        Expect.violation(Violation.BAD_RECORD, pair.server()::receive);
        assertEquals(0, sessions.kept().size());
    }

    /** Nobody is to wait for what cannot come any more. */
    @Test
    void nothingIsReceivedForAHandshakeWhenInputHasEnded() throws Exception {
        var client = connected().client();
        client.connection().renegotiate();
        client.flush();
        assertEquals(ConnectionStatus.NEED_RECEIVE, client.connection().status());
        assertFalse(client.connection().closeInbound());
        assertEquals(ConnectionStatus.READY, client.connection().status());
        client.connection().closeOutbound();
        client.flush();
        assertEquals(ConnectionStatus.CLOSED, client.connection().status());
    }

    /** Nor to run a task again and again that there is not. */
    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void noTaskIsLeftWhenInputHasEnded(boolean runs) throws Exception {
        var pair = connected();
        pair.client().connection().renegotiate();
        var server = pair.server().connection();
        server.receive(ByteBuffer.wrap(pair.client().flush()), ROOM, 0, 1);
        assertEquals(ConnectionStatus.NEED_TASK, server.status());
        var task = server.nextTask().orElseThrow();
        assertFalse(server.closeInbound());
        if (runs) task.run();
        assertEquals(ConnectionStatus.READY, server.status());
        server.closeOutbound();
        pair.server().flush();
        assertEquals(ConnectionStatus.CLOSED, server.status());
    }
}
