package org.almosttls.engine;

import static org.almosttls.testkit.Renegotiating.assertFlows;
import static org.almosttls.testkit.Renegotiating.connected;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotSame;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.stream.Stream;
import org.almosttls.alert.AlertDescription;
import org.almosttls.alert.Violation;
import org.almosttls.config.ClientAuthentication;
import org.almosttls.crypto.choice.PerOperationBackend;
import org.almosttls.event.TlsEvent.AlertTransferred;
import org.almosttls.event.TlsEvent.HandshakeCompleted;
import org.almosttls.event.TlsEvent.MessageTransferred;
import org.almosttls.event.TlsEvent.SecretDerived;
import org.almosttls.keyschedule.Prf;
import org.almosttls.keyschedule.Tls12MasterSecret;
import org.almosttls.message.ClientHello;
import org.almosttls.message.HandshakeMessage;
import org.almosttls.message.ServerHello;
import org.almosttls.record.Tls12Protections;
import org.almosttls.registry.CipherSuite;
import org.almosttls.registry.ContentType;
import org.almosttls.registry.ProtocolVersion;
import org.almosttls.registry.Role;
import org.almosttls.registry.Tls12Suite;
import org.almosttls.testkit.ConnectionPair;
import org.almosttls.testkit.End;
import org.almosttls.testkit.Expect;
import org.almosttls.testkit.FixedRandomness;
import org.almosttls.testkit.RandomSplitter;
import org.almosttls.testkit.Renegotiating;
import org.almosttls.testkit.TestCertificates;
import org.almosttls.testkit.TestConfig;
import org.almosttls.testkit.TestIdentity;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** RFC 5246 §6.2.1, RFC 5746: a handshake after the first, over records, with data before, amid and after it. */
class RenegotiationTest {

    private static End end(ConnectionPair pair, boolean client) {
        return client ? pair.client() : pair.server();
    }

    private static long finished(End end) {
        return end.events().all(HandshakeCompleted.class).count();
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void eitherEndMayBegin(boolean client) throws Exception {
        var pair = connected();
        var before = pair.client().connection().session().orElseThrow();
        end(pair, client).connection().renegotiate();
        pair.handshake();
        assertEquals(2, finished(pair.client()));
        assertEquals(2, finished(pair.server()));
        assertNotSame(before, pair.client().connection().session().orElseThrow());
        assertFlows(pair.client(), pair.server(), (byte) 1);
        assertFlows(pair.server(), pair.client(), (byte) 2);
    }

    /** The same in the older version of the family, which it stays at. */
    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void alsoInTls11(boolean client) throws Exception {
        var older = TestCertificates.rsaServer();
        var pair = new ConnectionPair(
                Renegotiating.client()
                        .versions(ProtocolVersion.TLS_1_2, ProtocolVersion.TLS_1_1)
                        .build(),
                Renegotiating.server(older).versions(ProtocolVersion.TLS_1_1).build());
        pair.handshake();
        end(pair, client).connection().renegotiate();
        pair.handshake();
        assertEquals(2, finished(pair.client()));
        assertEquals(2, finished(pair.server()));
        assertEquals(
                ProtocolVersion.TLS_1_1,
                pair.client().connection().session().orElseThrow().version());
        assertFlows(pair.client(), pair.server(), (byte) 1);
        assertFlows(pair.server(), pair.client(), (byte) 2);
    }

    static Stream<CipherSuite> suites() {
        return Tls12Suite.ALL.stream().map(Tls12Suite::suite);
    }

    /** From each suite to another one. */
    @ParameterizedTest
    @MethodSource("suites")
    void theSuiteMayChange(CipherSuite suite) throws Exception {
        var other = suite.equals(CipherSuite.TLS_ECDHE_ECDSA_WITH_AES_128_GCM_SHA256)
                ? CipherSuite.TLS_RSA_WITH_AES_128_CBC_SHA
                : CipherSuite.TLS_ECDHE_ECDSA_WITH_AES_128_GCM_SHA256;
        var client = Renegotiating.client();
        var pair = new ConnectionPair(
                new End(client.suites(suite).build(), client.suites(other).build()),
                new End(Renegotiating.server(TestCertificates.rsaServer(), TestCertificates.ecServer())
                        .build()));
        if (TestSuites.needAnotherCertificate(suite, other)) {
            pair.handshake();
            pair.client().connection().renegotiate();
            Expect.violation(Violation.CERTIFICATE_CHANGED, pair::handshake);
            return;
        }
        pair.handshake();
        pair.client().connection().renegotiate();
        pair.handshake();
        assertEquals(other, pair.client().connection().session().orElseThrow().cipherSuite());
        assertFlows(pair.client(), pair.server(), new byte[1000]);
        assertFlows(pair.server(), pair.client(), new byte[1000]);
    }

    @ParameterizedTest
    @ValueSource(longs = {0, 1, 2, 3})
    void itDoesNotMatterHowTheNetworkCuts(long cut) throws Exception {
        var pair = connected();
        pair.server().connection().renegotiate();
        var splitter = cut == 0 ? RandomSplitter.oneByteAtATime() : RandomSplitter.seeded(cut);
        splitter.handshake(pair);
        assertEquals(2, finished(pair.client()));
        assertEquals(2, finished(pair.server()));
    }

    /** RFC 5246 §6.2.1: nothing of what flows meanwhile is lost, both ways, wherever in the handshake it comes. */
    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4, 5, 6, 7, 8})
    void dataFlowsAllTheWhile(long seed) throws Exception {
        var pair = connected();
        var random = new Random(seed);
        var toServer = new ByteArrayOutputStream();
        var toClient = new ByteArrayOutputStream();
        var wireToServer = new ByteArrayOutputStream();
        var wireToClient = new ByteArrayOutputStream();
        for (int step = 0; step < 300; step++) {
            if (step == 20) pair.client().connection().renegotiate();
            if (step == 150) pair.server().connection().renegotiate();
            boolean client = random.nextBoolean();
            var from = end(pair, client);
            var wire = client ? wireToServer : wireToClient;
            byte[] data = {(byte) step, (byte) seed};
            (client ? toServer : toClient).write(data);
            wire.write(from.seal(data));
            if (random.nextInt(3) > 0) continue;
            var to = end(pair, !client);
            to.deliver(wire.toByteArray());
            wire.reset();
            to.receive();
        }
        settle(pair, wireToServer, wireToClient);
        assertEquals(3, finished(pair.client()));
        assertArrayEquals(toServer.toByteArray(), pair.server().data());
        assertArrayEquals(toClient.toByteArray(), pair.client().data());
    }

    private static void settle(ConnectionPair pair, ByteArrayOutputStream toServer, ByteArrayOutputStream toClient)
            throws Exception {
        pair.server().deliver(toServer.toByteArray());
        pair.server().receive();
        pair.client().deliver(toClient.toByteArray());
        pair.client().receive();
        pair.handshake();
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void bothEndsMayBeginAtOnce(boolean clientFirst) throws Exception {
        var pair = connected();
        end(pair, clientFirst).connection().renegotiate();
        end(pair, !clientFirst).connection().renegotiate();
        pair.handshake();
        assertEquals(2, finished(pair.client()));
        assertEquals(2, finished(pair.server()));
        assertEquals(ConnectionStatus.READY, pair.client().connection().status());
        assertEquals(ConnectionStatus.READY, pair.server().connection().status());
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void itIsFinishedOnceAtEachEnd(boolean client) throws Exception {
        var pair = connected();
        end(pair, client).connection().renegotiate();
        assertFalse(pair.client().connection().takeFinished());
        pair.handshake();
        for (var each : List.of(pair.client(), pair.server())) {
            assertTrue(each.connection().takeFinished());
            assertFalse(each.connection().takeFinished());
        }
    }

    @Test
    void theStatusTellsWhatItNeeds() throws Exception {
        var pair = connected();
        var server = pair.server().connection();
        server.renegotiate();
        assertEquals(ConnectionStatus.NEED_SEND, server.status());
        byte[] request = pair.server().flush();
        assertEquals(ConnectionStatus.NEED_RECEIVE, server.status());
        assertTrue(server.isHandshaking());
        pair.client().deliver(request);
        pair.client().receive();
        assertEquals(ConnectionStatus.NEED_SEND, pair.client().connection().status());
        pair.handshake();
        assertEquals(ConnectionStatus.READY, server.status());
        assertFalse(server.isHandshaking());
    }

    /** The common use: a certificate is asked for when it turns out that it is needed. */
    @Test
    void aClientCertificateMayBeAskedForLate() throws Exception {
        var server = Renegotiating.server(TestCertificates.ecServer());
        var pair = new ConnectionPair(
                new End(Renegotiating.client(TestCertificates.ecClient()).build()),
                new End(server.build(), server.asking(ClientAuthentication.NEED).build()));
        pair.handshake();
        assertTrue(
                pair.server().connection().session().orElseThrow().peerChain().isEmpty());
        pair.server().connection().renegotiate();
        pair.handshake();
        var session = pair.server().connection().session().orElseThrow();
        assertEquals(
                TestCertificates.ecClient().certificate(), session.peerChain().get(0));
    }

    /** RFC 5746 §5. */
    @Test
    void aClientThatProvedToBeOneStaysTheSame() throws Exception {
        var pair = new ConnectionPair(
                new End(
                        Renegotiating.client(TestCertificates.ecClient()).build(),
                        Renegotiating.client(TestCertificates.rsaClient()).build()),
                new End(Renegotiating.server(TestCertificates.ecServer())
                        .asking(ClientAuthentication.NEED)
                        .build()));
        pair.handshake();
        pair.client().connection().renegotiate();
        Expect.violation(Violation.CERTIFICATE_CHANGED, pair::handshake);
    }

    /** RFC 5746 §5. */
    @Test
    void theServerStaysTheSame() throws Exception {
        var pair = new ConnectionPair(
                new End(Renegotiating.client().build()),
                new End(
                        Renegotiating.server(TestCertificates.ecServer()).build(),
                        Renegotiating.server(TestCertificates.ecP384Server()).build()));
        pair.handshake();
        pair.client().connection().renegotiate();
        Expect.violation(Violation.CERTIFICATE_CHANGED, pair::handshake);
    }

    /** RFC 5246 §7.2.2: the warning leaves the connection as it was, whoever asked. */
    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void aRefusalDoesNoHarm(boolean client) throws Exception {
        var unwilling = client
                ? TestConfig.server(TestCertificates.ecServer()).build()
                : TestConfig.client().build();
        var willing = client
                ? Renegotiating.client().build()
                : Renegotiating.server(TestCertificates.ecServer()).build();
        var pair = client ? new ConnectionPair(willing, unwilling) : new ConnectionPair(unwilling, willing);
        pair.handshake();
        var before = end(pair, client).connection().session();
        for (int i = 0; i < 3; i++) {
            end(pair, client).connection().renegotiate();
            assertFlows(pair.client(), pair.server(), (byte) i);
            pair.handshake();
            assertFlows(pair.server(), pair.client(), (byte) i);
        }
        assertEquals(ConnectionStatus.READY, end(pair, client).connection().status());
        assertSame(before.get(), end(pair, client).connection().session().get());
        var alerts = end(pair, client).events().all(AlertTransferred.class).toList();
        assertEquals(3, alerts.size());
        assertEquals(AlertDescription.NO_RENEGOTIATION, alerts.get(0).description());
    }

    /** RFC 5246 §7.4.9: between a change of keys and Finished nothing else comes. */
    @Test
    void dataBeforeTheNewFinishedIsRefused() throws Exception {
        var pair = connected();
        pair.client().connection().renegotiate();
        ConnectionPair.carry(pair.client(), pair.server(), bytes -> bytes);
        ConnectionPair.carry(pair.server(), pair.client(), bytes -> bytes);
        byte[] flight = pair.client().flush();
        pair.server().deliver(Arrays.copyOf(flight, lastRecordOf(flight)));
        pair.server().receive();
        pair.server().deliver(firstRecordUnderNewKeys(pair.client(), new byte[10]));
        Expect.violation(Violation.DATA_BEFORE_FINISHED, () -> pair.server().receive());
    }

    @ParameterizedTest
    @EnumSource
    void theConnectionMayBeClosedAmidIt(Closer closer) throws Exception {
        var pair = connected();
        pair.client().connection().renegotiate();
        ConnectionPair.carry(pair.client(), pair.server(), bytes -> bytes);
        end(pair, closer == Closer.CLIENT).connection().closeOutbound();
        pair.handshake();
        assertEquals(ConnectionStatus.CLOSED, pair.client().connection().status());
        assertEquals(ConnectionStatus.CLOSED, pair.server().connection().status());
    }

    private enum Closer {
        CLIENT,
        SERVER
    }

    @Test
    void nothingComesOfItWhereTheConnectionIsNotUp() throws Exception {
        var pair = new ConnectionPair(
                Renegotiating.client().build(),
                Renegotiating.server(TestCertificates.ecServer()).build());
        pair.client().connection().renegotiate();
        assertEquals(ConnectionStatus.NOT_STARTED, pair.client().connection().status());
        pair.handshake();
        assertEquals(1, finished(pair.client()));
        pair.client().connection().closeOutbound();
        pair.client().connection().renegotiate();
        pair.handshake();
        assertEquals(1, finished(pair.client()));
    }

    private static final class TestSuites {
        /** The pair's server has a certificate of each kind; RFC 5746 §5 keeps it to the one it has shown. */
        static boolean needAnotherCertificate(CipherSuite one, CipherSuite other) {
            return keyTypeOf(one) != keyTypeOf(other);
        }

        private static TestIdentity keyTypeOf(CipherSuite suite) {
            return suite.name().contains("_ECDSA_") ? TestCertificates.ecServer() : TestCertificates.rsaServer();
        }
    }

    private static int lastRecordOf(byte[] records) {
        int at = 0;
        int last = 0;
        while (at < records.length) {
            last = at;
            at += 5 + ((records[at + 3] & 0xFF) << 8 | records[at + 4] & 0xFF);
        }
        return last;
    }

    /** Data where Finished is due: what no end of ours would send. */
    private static byte[] firstRecordUnderNewKeys(End client, byte[] data) throws Exception {
        var suite = Tls12Suite.of(client.connection().session().orElseThrow().cipherSuite())
                .orElseThrow();
        var crypto = PerOperationBackend.platform();
        var hellos = client.events()
                .all(MessageTransferred.class)
                .map(MessageTransferred::message)
                .toList();
        var ours = last(hellos, ClientHello.class);
        var theirs = last(hellos, ServerHello.class);
        var secret =
                client.events().all(SecretDerived.class).skip(1).findFirst().orElseThrow();
        var master = Tls12MasterSecret.resumed(new Prf(crypto, suite.prf()), secret.secret());
        var keys = master.keyBlock(suite, ours.random(), theirs.random()).writtenBy(Role.CLIENT);
        var network = ByteBuffer.allocate(TlsConnection.MAX_RECORD);
        new Tls12Protections(0x0303, suite, false, crypto, new FixedRandomness(5))
                .sealing(keys)
                .seal(ContentType.APPLICATION_DATA, ByteBuffer.wrap(data), network);
        return Arrays.copyOf(network.array(), network.position());
    }

    private static <M> M last(List<HandshakeMessage> messages, Class<M> kind) {
        return messages.stream()
                .filter(kind::isInstance)
                .map(kind::cast)
                .reduce((one, next) -> next)
                .orElseThrow();
    }
}
