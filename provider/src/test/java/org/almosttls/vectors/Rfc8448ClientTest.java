package org.almosttls.vectors;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import org.almosttls.config.EarlyTerms;
import org.almosttls.config.ResumableSession;
import org.almosttls.engine.ConnectionStatus;
import org.almosttls.engine.TracedStart;
import org.almosttls.handshake.hello.client.TracedOffer;
import org.almosttls.message.ClientHello;
import org.almosttls.message.EncodedMessage;
import org.almosttls.message.HandshakeDecoder;
import org.almosttls.registry.CipherSuite;
import org.almosttls.registry.ExtensionType;
import org.almosttls.registry.NamedGroup;
import org.almosttls.registry.SignatureScheme;
import org.almosttls.testkit.End;
import org.almosttls.testkit.Hellos;
import org.almosttls.testkit.MovableClock;
import org.almosttls.testkit.TestConfig;
import org.almosttls.testkit.TestIdentity;
import org.almosttls.testkit.TestSessions;
import org.almosttls.testkit.Tls13;
import org.almosttls.testkit.TracedCrypto;
import org.junit.jupiter.api.Test;

/**
 * The clients of RFC 8448, octet for octet. Their first hellos have extensions that ours have not, in an order of their
 * own, and are said as they are in the traces; all that comes afterwards is this end's own.
 */
class Rfc8448ClientTest {

    private static final CipherSuite SUITE = CipherSuite.TLS_AES_128_GCM_SHA256;
    private static final byte[] CHANGE_CIPHER_SPEC = HexFormat.of().parseHex("140303000101");

    private final TracedCrypto crypto = new TracedCrypto();
    private final TestSessions sessions = new TestSessions().withTickets(Optional.empty());
    private final MovableClock clock = new MovableClock();

    private TestConfig config(TestIdentity... identities) {
        return Tls13.client(identities)
                .serverName("server")
                .groups(NamedGroup.X25519, NamedGroup.SECP256R1)
                .schemes(Rfc8448Trace.schemes().stream().limit(12).toArray(SignatureScheme[]::new))
                .sessions(sessions)
                .with("peerVerifier", Rfc8448Trace.trusting())
                .with("crypto", crypto.backend())
                .with("clock", clock);
    }

    /** Has said the first hello of the trace. */
    private End offering(
            Rfc8448Trace trace, String hello, Optional<ResumableSession> known, TestConfig config, byte[]... more)
            throws Exception {
        var client = new End(config.build());
        TracedStart.begin(client, TracedOffer.of(config.build(), trace.message(hello), NamedGroup.X25519, known));
        byte[] said = trace.plainRecord(hello, 0x0301);
        assertArrayEquals(more.length == 0 ? said : concat(said, more[0]), client.flush());
        return client;
    }

    private static byte[] concat(byte[] first, byte[] second) {
        byte[] both = Arrays.copyOf(first, first.length + second.length);
        System.arraycopy(second, 0, both, first.length, second.length);
        return both;
    }

    private End offering(Rfc8448Trace trace) throws Exception {
        crypto.key(NamedGroup.X25519, trace.record("client key"));
        return offering(trace, "ClientHello", Optional.empty(), config());
    }

    private static void hears(End client, byte[]... records) throws Exception {
        for (byte[] each : records) client.deliver(each);
        client.receive();
    }

    private static void sendsData(End client, Rfc8448Trace trace) throws Exception {
        assertArrayEquals(trace.record("client data"), client.seal(Rfc8448Trace.content()));
        hears(client, trace.record("server data"));
        assertArrayEquals(Rfc8448Trace.content(), client.data());
    }

    private static void closes(End client, Rfc8448Trace trace) throws Exception {
        client.connection().closeOutbound();
        assertArrayEquals(trace.record("client close"), client.flush());
        hears(client, trace.record("server close"));
        assertEquals(ConnectionStatus.CLOSED, client.connection().status());
    }

    @Test
    void section3() throws Exception {
        var trace = new Rfc8448Trace("simple");
        var client = offering(trace);
        hears(client, trace.plainRecord("ServerHello", 0x0303), trace.record("server flight"));
        assertArrayEquals(trace.record("client flight"), client.flush());
        hears(client, trace.record("ticket"));
        var kept = sessions.kept().get(0);
        assertArrayEquals(
                Rfc8448Session.since(clock.now()).master().bytes(),
                kept.master().bytes());
        assertArrayEquals(
                Rfc8448Session.told().ticket(), kept.ticket().orElseThrow().octets());
        sendsData(client, trace);
        closes(client, trace);
    }

    @Test
    void section4() throws Exception {
        var trace = new Rfc8448Trace("resumed");
        crypto.key(NamedGroup.X25519, trace.record("client key"));
        var known = Optional.of(Rfc8448Session.since(clock.now()));
        var config = config().with("early", EarlyTerms.sending(Rfc8448Session.earlyContent()));
        var client = offering(trace, "ClientHello", known, config, trace.record("early data"));
        hears(client, trace.plainRecord("ServerHello", 0x0303), trace.record("server flight"));
        assertArrayEquals(concat(trace.record("end of early data"), trace.record("client flight")), client.flush());
        assertTrue(client.connection().session().orElseThrow().earlyData());
        sendsData(client, trace);
        closes(client, trace);
    }

    /** The second hello differs from the trace's in the place of the cookie, and in padding that makes it 512 octets. */
    @Test
    void section5() throws Exception {
        var trace = new Rfc8448Trace("retry");
        crypto.key(NamedGroup.X25519, trace.record("first client key"))
                .key(NamedGroup.SECP256R1, trace.record("client key"));
        var client = offering(trace, "first ClientHello", Optional.empty(), config());
        hears(client, trace.plainRecord("HelloRetryRequest", 0x0303));
        byte[] record = client.flush();
        byte[] second = Arrays.copyOfRange(record, 5, record.length);
        assertArrayEquals(HexFormat.of().parseHex("160303%04x".formatted(second.length)), Arrays.copyOf(record, 5));
        assertSameButForOrder(
                Hellos.extensions(hello(trace.message("second ClientHello")), Hellos.without(ExtensionType.PADDING)),
                hello(second));
        crypto.hearing(second, trace.message("second ClientHello"));
        hears(client, trace.plainRecord("ServerHello", 0x0303), trace.record("server flight"));
        assertArrayEquals(trace.record("client flight"), client.flush());
        closes(client, trace);
    }

    private static ClientHello hello(byte[] message) throws Exception {
        return (ClientHello) HandshakeDecoder.HELLOS.decode(message);
    }

    private static void assertSameButForOrder(ClientHello traced, ClientHello own) {
        assertEquals(each(traced), each(own));
        assertArrayEquals(bare(traced), bare(own));
    }

    /** Hellos of one extension each. */
    private static List<String> each(ClientHello hello) {
        return hello.extensions().all().stream()
                .map(extension -> Hellos.extensions(hello, all -> List.of(extension)))
                .map(alone -> HexFormat.of().formatHex(EncodedMessage.of(alone).bytes()))
                .sorted()
                .collect(Collectors.toList());
    }

    private static byte[] bare(ClientHello hello) {
        return EncodedMessage.of(Hellos.extensions(hello, all -> List.of())).bytes();
    }

    @Test
    void section6() throws Exception {
        var trace = new Rfc8448Trace("client authentication");
        var identity = trace.identity("client flight");
        crypto.key(NamedGroup.X25519, trace.record("client key"))
                .signature(identity.certificate().getPublicKey(), trace.signature("client flight"));
        var client = offering(trace, "ClientHello", Optional.empty(), config(identity));
        hears(client, trace.plainRecord("ServerHello", 0x0303), trace.record("server flight"));
        assertArrayEquals(trace.record("client flight"), client.flush());
        assertEquals(
                identity.chain(), client.connection().session().orElseThrow().localChain());
        closes(client, trace);
    }

    @Test
    void section7() throws Exception {
        var trace = new Rfc8448Trace("compatible");
        var client = offering(trace);
        hears(client, trace.plainRecord("ServerHello", 0x0303), CHANGE_CIPHER_SPEC, trace.record("server flight"));
        byte[] flight = client.flush();
        assertArrayEquals(CHANGE_CIPHER_SPEC, Arrays.copyOf(flight, 6));
        assertArrayEquals(trace.record("client flight"), Arrays.copyOfRange(flight, 6, flight.length));
        assertTrue(client.connection().session().isPresent());
        closes(client, trace);
    }
}
