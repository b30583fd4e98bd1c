package org.almosttls.engine;

import static org.almosttls.testkit.Renegotiating.assertFlows;
import static org.almosttls.testkit.Renegotiating.connected;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.HexFormat;
import org.almosttls.alert.Violation;
import org.almosttls.crypto.Secret;
import org.almosttls.crypto.choice.PerOperationBackend;
import org.almosttls.event.TlsEvent.AlertTransferred;
import org.almosttls.event.TlsEvent.HandshakeCompleted;
import org.almosttls.event.TlsEvent.MessageTransferred;
import org.almosttls.keyschedule.Prf;
import org.almosttls.keyschedule.Tls12MasterSecret;
import org.almosttls.message.Certificate;
import org.almosttls.message.ClientHello;
import org.almosttls.message.ServerHello;
import org.almosttls.record.RecordProtection;
import org.almosttls.registry.ContentType;
import org.almosttls.registry.Role;
import org.almosttls.registry.Tls12Suite;
import org.almosttls.testkit.ConnectionPair;
import org.almosttls.testkit.End;
import org.almosttls.testkit.Expect;
import org.almosttls.testkit.FixedRandomness;
import org.almosttls.testkit.RawRecords;
import org.almosttls.testkit.Renegotiating;
import org.almosttls.testkit.TestCertificates;
import org.almosttls.testkit.TestConfig;
import org.almosttls.testkit.TestSessions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Who has attacked renegotiation, and how it fails here although renegotiation is enabled. */
class RenegotiationAttacksTest {

    private static final int RECORD_HEADER = 5;

    /**
     * CVE-2009-3555: Mallory says something on a connection of her own, and then has the victim's first handshake be the
     * second one there, so that the server takes what she said for the victim's.
     */
    @Test
    void renegotiationPrefixAgainstOurServer() throws Exception {
        var mallory = untilKeys();
        var keys = RawRecords.sealing(mallory, Role.CLIENT);
        mallory.handshake();
        assertFlows(mallory.client(), mallory.server(), (byte) 'G', (byte) 'E', (byte) 'T');
        var victim = new End(TestConfig.client().build());
        byte[] hello = victim.flush();
        byte[] message = Arrays.copyOfRange(hello, RECORD_HEADER, hello.length);
        // Under Mallory's keys her Finished was the first record, and her data the second.
        var spliced = sealed(keys, 2, ContentType.HANDSHAKE, message);
        mallory.server().deliver(spliced);
        Expect.violation(
                Violation.WRONG_RENEGOTIATION_INFO, () -> mallory.server().receive());
    }

    /** The same seen by the victim: to a server that knows RFC 5746 it is a renegotiation, and the answer says so. */
    @Test
    void renegotiationPrefixAgainstOurClient() throws Exception {
        var mallory = connected();
        mallory.client().connection().renegotiate();
        ConnectionPair.carry(mallory.client(), mallory.server(), bytes -> bytes);
        ConnectionPair.carry(mallory.server(), mallory.client(), bytes -> bytes);
        var answer = mallory.client()
                .events()
                .all(MessageTransferred.class)
                .filter(each -> each.message() instanceof ServerHello)
                .skip(1)
                .findFirst()
                .orElseThrow();
        var victim = new End(Renegotiating.client().build());
        victim.flush();
        victim.deliver(plainRecord(answer.bytes()));
        Expect.violation(Violation.WRONG_RENEGOTIATION_INFO, victim::receive);
    }

    /** Nor does a server that knows nothing of RFC 5746 get our client into a renegotiation that is not bound. */
    @Test
    void aHelloRequestSplicedIntoAFirstHandshakeIsIgnored() throws Exception {
        var victim = new End(Renegotiating.client().build());
        victim.flush();
        victim.deliver(HexFormat.of().parseHex("160303000400000000"));
        victim.receive();
        assertEquals(0, victim.flush().length);
    }

    /**
     * Triple handshake (RFC 7627 §1), the first: with the same premaster secret and randoms at both ends of Mallory, but
     * her own certificate on one side, both connections would have one master secret.
     */
    @Test
    void tripleHandshakeHasNoCommonSecretToBeginWith() {
        var prf = new Prf(PerOperationBackend.platform(), Tls12Suite.ALL.get(0).prf());
        byte[] premaster = new byte[48];
        byte[] random = new byte[32];
        var bare = Tls12MasterSecret.from(prf, Secret.owning(premaster.clone()), random, random);
        var same = Tls12MasterSecret.from(prf, Secret.owning(premaster.clone()), random, random);
        assertEquals(hex(bare.secret()), hex(same.secret()));
        byte[] withServers = {1};
        byte[] withMallorys = {2};
        var one = Tls12MasterSecret.extended(prf, Secret.owning(premaster.clone()), withServers);
        var other = Tls12MasterSecret.extended(prf, Secret.owning(premaster.clone()), withMallorys);
        assertNotEquals(hex(one.secret()), hex(other.secret()));
    }

    /** The second: sessions that have such a secret in common are resumed by neither end. */
    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void tripleHandshakeResumesNothing(boolean loosensClient) throws Exception {
        var ofClient = new TestSessions();
        var ofServer = new TestSessions();
        pair(ofClient, ofServer, 1).handshake();
        (loosensClient ? ofClient : ofServer).loosen();
        var second = pair(ofClient, ofServer, 11);
        second.handshake();
        var certificates = second.client()
                .events()
                .all(MessageTransferred.class)
                .filter(each -> each.message() instanceof Certificate)
                .count();
        assertEquals(1, certificates);
    }

    private static ConnectionPair pair(TestSessions ofClient, TestSessions ofServer, long seed) {
        return new ConnectionPair(
                Renegotiating.client()
                        .sessions(ofClient)
                        .with("randomness", new FixedRandomness(seed))
                        .build(),
                Renegotiating.server(TestCertificates.ecServer())
                        .sessions(ofServer)
                        .with("randomness", new FixedRandomness(seed + 1))
                        .build());
    }

    /**
     * The third: were the verify_data the same at both ends all the same, Mallory would pass the renegotiation on to the
     * server, and the client would see the server's certificate where it had seen hers.
     */
    @Test
    void tripleHandshakeDoesNotChangeTheServer() throws Exception {
        var pair = new ConnectionPair(
                new End(Renegotiating.client(TestCertificates.ecClient()).build()),
                new End(
                        Renegotiating.server(TestCertificates.ecP384Server()).build(),
                        Renegotiating.server(TestCertificates.ecServer()).build()));
        pair.handshake();
        pair.server().connection().renegotiate();
        Expect.violation(Violation.CERTIFICATE_CHANGED, pair::handshake);
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void floodOfHelloRequestsOrClientHellos(boolean byClient) throws Exception {
        var unwilling = byClient
                ? new End(TestConfig.server(TestCertificates.ecServer()).build())
                : new End(TestConfig.client().build());
        var flooding = byClient
                ? new End(Renegotiating.client().build())
                : new End(Renegotiating.server(TestCertificates.ecServer()).build());
        var pair = byClient ? new ConnectionPair(flooding, unwilling) : new ConnectionPair(unwilling, flooding);
        pair.handshake();
        for (int i = 0; i < 8; i++) {
            flooding.connection().renegotiate();
            pair.handshake();
        }
        assertEquals(8, unwilling.events().all(AlertTransferred.class).count());
        flooding.connection().renegotiate();
        Expect.violation(Violation.TOO_MANY_RENEGOTIATIONS, pair::handshake);
        assertEquals(1, unwilling.events().all(HandshakeCompleted.class).count());
    }

    /** Also where renegotiation is enabled, and however much data flows in between: a few a minute. */
    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void floodOfRenegotiations(boolean byClient) throws Exception {
        var pair = connected();
        var flooding = byClient ? pair.client() : pair.server();
        var victim = byClient ? pair.server() : pair.client();
        for (int i = 0; i < 16; i++) {
            flooding.connection().renegotiate();
            pair.handshake();
            assertFlows(flooding, victim, (byte) i);
        }
        assertEquals(9, victim.events().all(HandshakeCompleted.class).count());
        flooding.connection().renegotiate();
        Expect.violation(Violation.TOO_MANY_RENEGOTIATIONS, pair::handshake);
    }

    /** A ChangeCipherSpec that nobody is waiting for ends the connection, also where handshakes may follow. */
    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void changeCipherSpecInjectedBetweenHandshakes(boolean atServer) throws Exception {
        var pair = untilKeys();
        var keys = RawRecords.sealing(pair, atServer ? Role.CLIENT : Role.SERVER);
        pair.handshake();
        var to = atServer ? pair.server() : pair.client();
        to.deliver(sealed(keys, 1, ContentType.CHANGE_CIPHER_SPEC, new byte[] {1}));
        Expect.violation(Violation.UNEXPECTED_MESSAGE, to::receive);
        assertFalse(to.connection().isHandshaking());
    }

    /** RFC 5246 §6.2.1: no attack but a demand, that data be taken wherever it comes in a handshake after the first. */
    @Test
    void dataBetweenThePartsOfAMessageIsTaken() throws Exception {
        var pair = untilKeys();
        var keys = RawRecords.sealing(pair, Role.CLIENT);
        pair.handshake();
        pair.client().connection().renegotiate();
        byte[] hello = pair.client()
                .events()
                .all(MessageTransferred.class)
                .filter(each -> each.message() instanceof ClientHello)
                .skip(1)
                .findFirst()
                .orElseThrow()
                .bytes();
        pair.server().deliver(sealed(keys, 1, ContentType.HANDSHAKE, Arrays.copyOf(hello, 40)));
        pair.server().deliver(sealed(keys, 0, ContentType.APPLICATION_DATA, new byte[] {7}));
        pair.server().deliver(sealed(keys, 0, ContentType.HANDSHAKE, Arrays.copyOfRange(hello, 40, hello.length)));
        pair.server().receive();
        assertArrayEquals(new byte[] {7}, pair.server().data());
        assertTrue(pair.server().connection().isHandshaking());
        assertEquals(ConnectionStatus.NEED_SEND, pair.server().connection().status());
    }

    /** Nor is a peer one that attacks if it keeps declining what this end keeps asking for. */
    @Test
    void refusalsOfWhatThisEndWishesForAreNoFlood() throws Exception {
        var pair = untilKeys();
        var keys = RawRecords.sealing(pair, Role.SERVER);
        pair.handshake();
        for (int i = 0; i < 40; i++) {
            pair.client().connection().renegotiate();
            pair.client().flush();
            pair.client().deliver(sealed(keys, i == 0 ? 1 : 0, ContentType.ALERT, new byte[] {1, 100}));
            pair.client().receive();
            assertEquals(ConnectionStatus.READY, pair.client().connection().status());
        }
    }

    private static byte[] plainRecord(byte[] message) {
        return ByteBuffer.allocate(RECORD_HEADER + message.length)
                .put(new byte[] {22, 3, 3})
                .putShort((short) message.length)
                .put(message)
                .array();
    }

    private static String hex(Secret secret) {
        return HexFormat.of().formatHex(secret.bytes());
    }

    /** The client has sent all it has to send; the secret is still there. */
    private static ConnectionPair untilKeys() throws Exception {
        var pair = new ConnectionPair(
                Renegotiating.client().build(),
                Renegotiating.server(TestCertificates.ecServer()).build());
        ConnectionPair.carry(pair.client(), pair.server(), bytes -> bytes);
        ConnectionPair.carry(pair.server(), pair.client(), bytes -> bytes);
        return pair;
    }

    private static byte[] sealed(RecordProtection protection, int sequence, ContentType type, byte[] content)
            throws Exception {
        var network = ByteBuffer.allocate(TlsConnection.MAX_RECORD);
        for (int skipped = 0; skipped < sequence; skipped++)
            protection.seal(ContentType.ALERT, ByteBuffer.allocate(2), network.clear());
        protection.seal(type, ByteBuffer.wrap(content), network.clear());
        return Arrays.copyOf(network.array(), network.position());
    }
}
