package org.almosttls.handshake.tls12;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.almosttls.alert.Violation;
import org.almosttls.config.OnRequest.Feature;
import org.almosttls.event.TlsEvent.MessageTransferred;
import org.almosttls.message.ClientHello;
import org.almosttls.message.HandshakeDecoder;
import org.almosttls.message.ServerHello;
import org.almosttls.message.ServerKeyExchange;
import org.almosttls.registry.CompressionMethod;
import org.almosttls.registry.HandshakeType;
import org.almosttls.testkit.ConnectionPair;
import org.almosttls.testkit.End;
import org.almosttls.testkit.Expect;
import org.almosttls.testkit.Hellos;
import org.almosttls.testkit.StatePair;
import org.almosttls.testkit.TestCertificates;
import org.almosttls.testkit.TestConfig;
import org.almosttls.testkit.TestSessions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** RFC 5246 §7.4.1.2 and RFC 3749: DEFLATE is agreed on only where both ends have been asked for it. */
class CompressionTest {

    private static final byte[] REPEATED = new byte[16_000];

    private static TestConfig client(Feature... features) {
        return TestConfig.client().requesting(features);
    }

    private static TestConfig server(Feature... features) {
        return TestConfig.server(TestCertificates.ecServer()).requesting(features);
    }

    private static ConnectionPair handshake(TestConfig client, TestConfig server) throws Exception {
        var pair = new ConnectionPair(client.build(), server.build());
        pair.handshake();
        return pair;
    }

    private static CompressionMethod method(End end) {
        return end.connection().session().orElseThrow().compression();
    }

    private static byte[] offered(End client) {
        return client.events()
                .all(MessageTransferred.class)
                .map(MessageTransferred::message)
                .filter(ClientHello.class::isInstance)
                .map(ClientHello.class::cast)
                .findFirst()
                .orElseThrow()
                .compressionMethods();
    }

    private static boolean isFull(ConnectionPair pair) {
        return pair.server()
                .events()
                .all(MessageTransferred.class)
                .anyMatch(event -> event.message() instanceof ServerKeyExchange);
    }

    @Test
    void nobodyCompressesUnlessBothAreAskedTo() throws Exception {
        var neither = handshake(client(), server());
        assertArrayEquals(new byte[] {0}, offered(neither.client()));
        assertEquals(CompressionMethod.NULL, method(neither.client()));
        assertEquals(
                CompressionMethod.NULL,
                method(handshake(client(), server(Feature.COMPRESSION)).server()));
        var clientAlone = handshake(client(Feature.COMPRESSION), server());
        assertArrayEquals(new byte[] {1, 0}, offered(clientAlone.client()));
        assertEquals(CompressionMethod.NULL, method(clientAlone.client()));
    }

    /** A client of ours does not offer it beside HTTP; a server of ours does not take it from one that does. */
    @ParameterizedTest
    @ValueSource(strings = {"h2", "http/1.1"})
    void nothingIsCompressedWhereHttpIsSpoken(String name) throws Exception {
        var server = server(Feature.COMPRESSION).applicationProtocols(name);
        var pair = handshake(client(Feature.COMPRESSION).applicationProtocols(name), server);
        assertArrayEquals(new byte[] {0}, offered(pair.client()));
        assertEquals(CompressionMethod.NULL, method(pair.client()));
        var other = new StatePair(client().applicationProtocols(name).build(), server.build())
                .changing(ClientHello.class, hello -> Hellos.compression(hello, (byte) 1, (byte) 0))
                .until(HandshakeType.SERVER_HELLO);
        var answer = (ServerHello)
                HandshakeDecoder.HELLOS.decode(other.server().outbox().element().bytes());
        assertEquals(CompressionMethod.NULL.code(), answer.compressionMethod());
    }

    @Test
    void anythingElseMayBe() throws Exception {
        var server = server(Feature.COMPRESSION).applicationProtocols("mqtt");
        var pair = handshake(client(Feature.COMPRESSION).applicationProtocols("mqtt"), server);
        assertEquals(CompressionMethod.DEFLATE, method(pair.client()));
    }

    @Test
    void recordsAreCompressedBothWaysWhereBothAre() throws Exception {
        var pair = handshake(client(Feature.COMPRESSION), server(Feature.COMPRESSION));
        assertEquals(CompressionMethod.DEFLATE, method(pair.client()));
        assertEquals(CompressionMethod.DEFLATE, method(pair.server()));
        for (int i = 0; i < 3; i++) {
            carry(pair.client(), pair.server());
            carry(pair.server(), pair.client());
        }
        assertArrayEquals(new byte[3 * REPEATED.length], pair.server().data());
        assertArrayEquals(new byte[3 * REPEATED.length], pair.client().data());
    }

    private static void carry(End from, End to) throws Exception {
        byte[] record = from.seal(REPEATED);
        assertTrue(record.length < 200, record.length + " octets");
        to.deliver(record);
        to.receive();
    }

    /** RFC 5246 §7.4.1.3: the method is part of the session. */
    @Test
    void aSessionIsResumedWithItsOwnMethod() throws Exception {
        var ofClient = new TestSessions();
        var ofServer = new TestSessions();
        var compressing = client(Feature.COMPRESSION).sessions(ofClient);
        handshake(compressing, server(Feature.COMPRESSION).sessions(ofServer));
        var resumed = handshake(compressing, server(Feature.COMPRESSION).sessions(ofServer));
        assertFalse(isFull(resumed));
        assertEquals(CompressionMethod.DEFLATE, method(resumed.client()));
        carry(resumed.client(), resumed.server());
        carry(resumed.server(), resumed.client());
        assertTrue(isFull(handshake(
                client().sessions(ofClient), server(Feature.COMPRESSION).sessions(ofServer))));
    }

    /** RFC 5246 §7.4.1.2: the client's list must have the session's method; one that breaks this is not helped. */
    @Test
    void aServerDoesNotResumeWithAMethodThatIsNotOffered() throws Exception {
        var ofServer = new TestSessions();
        var client = client(Feature.COMPRESSION).sessions(new TestSessions());
        var server = server(Feature.COMPRESSION).sessions(ofServer);
        handshake(client, server);
        var pair = new StatePair(client.build(), server.build())
                .changing(ClientHello.class, hello -> Hellos.compression(hello, (byte) 0));
        Expect.violation(Violation.WRONG_FINISHED, pair::handshake);
        assertFalse(Acquaintance.isResumed(pair));
    }

    @Test
    void aServerThatResumesWithAnotherMethodIsRefused() throws Exception {
        var ofClient = new TestSessions();
        var ofServer = new TestSessions();
        var client = client(Feature.COMPRESSION).sessions(ofClient);
        var server = server(Feature.COMPRESSION).sessions(ofServer);
        handshake(client, server);
        var pair = new StatePair(client.build(), server.build())
                .changing(ServerHello.class, hello -> Hellos.compression(hello, 0));
        Expect.violation(Violation.RESUMED_WITH_OTHER_COMPRESSION, pair::handshake);
    }
}
