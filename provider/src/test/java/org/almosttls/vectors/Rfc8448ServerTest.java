package org.almosttls.vectors;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.almosttls.config.ClientAuthentication;
import org.almosttls.config.EarlyTerms;
import org.almosttls.crypto.Secret;
import org.almosttls.crypto.choice.PerOperationBackend;
import org.almosttls.engine.ConnectionStatus;
import org.almosttls.event.Direction;
import org.almosttls.event.TlsEvent.ChangeCipherSpecTransferred;
import org.almosttls.event.TlsEvent.MessageTransferred;
import org.almosttls.extension.EarlyData;
import org.almosttls.extension.Extension;
import org.almosttls.extension.Extensions;
import org.almosttls.extension.RecordSizeLimit;
import org.almosttls.extension.ServerNames;
import org.almosttls.keyschedule.Hkdf;
import org.almosttls.message.ClientHello;
import org.almosttls.message.EncodedMessage;
import org.almosttls.message.EncryptedExtensions;
import org.almosttls.message.HandshakeDecoder;
import org.almosttls.message.NewSessionTicket13;
import org.almosttls.message.ServerHello;
import org.almosttls.registry.CipherSuite;
import org.almosttls.registry.ContentType;
import org.almosttls.registry.ExtensionType;
import org.almosttls.registry.HashAlgorithm;
import org.almosttls.registry.NamedGroup;
import org.almosttls.registry.SignatureScheme;
import org.almosttls.testkit.End;
import org.almosttls.testkit.Hellos;
import org.almosttls.testkit.MovableClock;
import org.almosttls.testkit.RawTls13;
import org.almosttls.testkit.TestConfig;
import org.almosttls.testkit.TestIdentity;
import org.almosttls.testkit.Tls13;
import org.almosttls.testkit.TracedCrypto;
import org.almosttls.testkit.TracedRandomness;
import org.almosttls.ticket.SingleUse;
import org.almosttls.wire.WireWriter;
import org.junit.jupiter.api.Test;

/**
 * The servers of RFC 8448, octet for octet, but for EncryptedExtensions: the traces' have supported_groups as well, which
 * ours say only to clients that did not guess the group they prefer (RFC 8446 §4.2.7), and another order. What is signed, verified and derived is over theirs from there on.
 */
class Rfc8448ServerTest {

    private static final CipherSuite SUITE = CipherSuite.TLS_AES_128_GCM_SHA256;
    private static final byte[] CHANGE_CIPHER_SPEC = HexFormat.of().parseHex("140303000101");
    private static final int RANDOM = 6;

    private final TracedCrypto crypto = new TracedCrypto();
    private final MovableClock clock = new MovableClock();

    private boolean takesEarlyData;

    private TestConfig config(Rfc8448Trace trace, TestIdentity... identities) {
        var schemes = Rfc8448Trace.schemes();
        byte[] hello = trace.message("ServerHello");
        crypto.key(NamedGroup.X25519, trace.record("server key")).key(NamedGroup.SECP256R1, trace.record("server key"));
        return Tls13.server(identities)
                .suites(SUITE)
                .groups(NamedGroup.X25519, NamedGroup.SECP256R1)
                .schemes(schemes.toArray(SignatureScheme[]::new))
                .with("certificateSchemes", schemes)
                .with("peerVerifier", Rfc8448Trace.trusting())
                .with("crypto", crypto.backend())
                .with(
                        "randomness",
                        new TracedRandomness(
                                Arrays.copyOfRange(hello, RANDOM, RANDOM + 32),
                                HexFormat.of().parseHex("fad6aac5")))
                .with("clock", clock);
    }

    /** Who shows the certificate of the trace, and signs as in the trace. */
    private TestConfig showing(Rfc8448Trace trace) throws Exception {
        var identity = trace.identity("server flight");
        crypto.signature(identity.certificate().getPublicKey(), trace.signature("server flight"));
        return config(trace, identity);
    }

    private static void hears(End server, byte[]... records) throws Exception {
        for (byte[] each : records) server.deliver(each);
        server.receive();
    }

    /** From now on EncryptedExtensions count as the trace's, if this end says what it is expected to. */
    private byte[] expectOwnExtensions(Rfc8448Trace trace) throws Exception {
        var traced = trace.find("server flight", EncryptedExtensions.class).extensions();
        var early = takesEarlyData ? traced.find(EarlyData.class) : Optional.<EarlyData>empty();
        var both = Stream.<Optional<? extends Extension>>of(
                        traced.find(ServerNames.class), traced.find(RecordSizeLimit.class), early)
                .<Extension>flatMap(Optional::stream)
                .toList();
        byte[] own = EncodedMessage.of(new EncryptedExtensions(new Extensions(both, true)))
                .bytes();
        crypto.hearing(own, trace.messages("server flight").get(0));
        return own;
    }

    /** The last hello is answered by the trace's messages in the trace's records, but for EncryptedExtensions. */
    private void answers(End server, Rfc8448Trace trace, byte[]... begin) throws Exception {
        byte[] own = expectOwnExtensions(trace);
        hears(server, begin);
        byte[] hello = trace.plainRecord("ServerHello", 0x0303);
        assertArrayEquals(hello, Arrays.copyOf(server.flush(), hello.length));
        var raw = RawTls13.under("SERVER_HANDSHAKE_TRAFFIC_SECRET", server, SUITE);
        assertArrayEquals(
                trace.record("server flight"), raw.seal(ContentType.HANDSHAKE, trace.message("server flight")));
        var expected = new ArrayList<>(trace.messages("server flight"));
        expected.set(0, own);
        var sent = sent(server);
        assertEquals(hex(expected), hex(sent.subList(sent.size() - expected.size(), sent.size())));
    }

    private static List<String> hex(List<byte[]> messages) {
        return messages.stream().map(HexFormat.of()::formatHex).toList();
    }

    /** All messages so far. */
    private static List<byte[]> sent(End server) {
        return server.events()
                .all(MessageTransferred.class)
                .filter(message -> message.direction() == Direction.SENT)
                .map(MessageTransferred::bytes)
                .toList();
    }

    private static void closes(End server, Rfc8448Trace trace) throws Exception {
        hears(server, trace.record("client close"));
        assertTrue(server.connection().isInboundClosed());
        server.connection().closeOutbound();
        assertArrayEquals(trace.record("server close"), server.flush());
        assertEquals(ConnectionStatus.CLOSED, server.connection().status());
    }

    private static void exchangesData(End server, Rfc8448Trace trace) throws Exception {
        hears(server, trace.record("client data"));
        assertArrayEquals(Rfc8448Trace.content(), server.data());
        assertArrayEquals(trace.record("server data"), server.seal(Rfc8448Trace.content()));
    }

    /** The ticket has a shorter nonce than the trace's, and says nothing of early data. */
    @Test
    void section3() throws Exception {
        var trace = new Rfc8448Trace("simple");
        var session = new Rfc8448Session(clock.now(), 1);
        var server = new End(showing(trace).sessions(session).build());
        answers(server, trace, trace.plainRecord("ClientHello", 0x0301));
        hears(server, trace.record("client flight"));
        server.flush();
        var own = (NewSessionTicket13)
                HandshakeDecoder.TLS_1_3.decode(sent(server).get(5));
        var traced = Rfc8448Session.told();
        assertArrayEquals(new byte[1], own.nonce());
        assertEquals(List.of(), own.extensions().all());
        assertEquals(
                EncodedMessage.of(traced).bytes().length - 1 - 8,
                EncodedMessage.of(own).bytes().length);
        assertEquals(traced.lifetime(), own.lifetime());
        assertEquals(traced.ageAdd(), own.ageAdd());
        assertArrayEquals(traced.ticket(), own.ticket());
        assertArrayEquals(
                resumptionKey(own.nonce()),
                session.issued().orElseThrow().master().bytes());
        exchangesData(server, trace);
        closes(server, trace);
    }

    /** RFC 8446 §4.6.1, of the secret in RFC 8448 §3. */
    private static byte[] resumptionKey(byte[] nonce) {
        byte[] resumption = HexFormat.of().parseHex("7df235f2031d2a051287d02b0241b0bfdaf86cc856231f2d5aba46c434ec196c");
        byte[] info = new WireWriter()
                .uint16(32)
                .vector8(out -> out.opaque("tls13 resumption".getBytes(StandardCharsets.US_ASCII)))
                .vector8(out -> out.opaque(nonce))
                .toByteArray();
        var hkdf = new Hkdf(PerOperationBackend.platform(), HashAlgorithm.SHA256);
        return hkdf.expand(Secret.owning(resumption), info, 32).bytes();
    }

    @Test
    void theKeyOfTheTraceIsThatOfItsNonce() throws Exception {
        assertArrayEquals(
                Rfc8448Session.since(clock.now()).master().bytes(),
                resumptionKey(Rfc8448Session.told().nonce()));
    }

    @Test
    void section4() throws Exception {
        var trace = new Rfc8448Trace("resumed");
        var session = new Rfc8448Session(clock.now(), 0);
        var register = new SingleUse(PerOperationBackend::platform);
        register.give(Rfc8448Session.told().ticket(), clock.now().plusSeconds(30));
        var server = new End(config(trace)
                .sessions(session)
                .with("early", EarlyTerms.taking(1024, register))
                .build());
        takesEarlyData = true;
        clock.pass(Duration.ofMillis(6));
        answers(server, trace, trace.plainRecord("ClientHello", 0x0301), trace.record("early data"));
        assertArrayEquals(Rfc8448Session.earlyContent(), server.connection().takeEarlyData());
        hears(server, trace.record("end of early data"), trace.record("client flight"));
        assertTrue(server.connection().session().orElseThrow().earlyData());
        exchangesData(server, trace);
        closes(server, trace);
    }

    /** Early data is not wanted: it is passed over, and with it EndOfEarlyData, which the client's Finished is over. */
    @Test
    void section4WithoutItsEarlyData() throws Exception {
        var trace = new Rfc8448Trace("resumed");
        var server = new End(
                config(trace).sessions(new Rfc8448Session(clock.now(), 0)).build());
        clock.pass(Duration.ofMillis(6));
        answers(server, trace, trace.plainRecord("ClientHello", 0x0301), trace.record("early data"));
        var answer = trace.messages("server flight");
        byte[] last = answer.get(answer.size() - 1);
        byte[] end = trace.messages("client flight").get(0);
        crypto.hearing(last, concat(last, end));
        hears(server, trace.record("end of early data"), trace.record("client flight"));
        assertTrue(server.connection().session().isPresent());
        assertEquals(0, server.data().length);
        exchangesData(server, trace);
        closes(server, trace);
    }

    /** HelloRetryRequest is without the cookie, which stateless servers need (RFC 8446 §4.2.2). */
    @Test
    void section5() throws Exception {
        var trace = new Rfc8448Trace("retry");
        var server = new End(showing(trace).groups(NamedGroup.SECP256R1).build());
        hears(server, trace.plainRecord("first ClientHello", 0x0301));
        var request = (ServerHello) HandshakeDecoder.HELLOS.decode(trace.message("HelloRetryRequest"));
        byte[] own = EncodedMessage.of(Hellos.extensions(request, Hellos.without(ExtensionType.COOKIE)))
                .bytes();
        assertArrayEquals(Rfc8448Trace.plainRecord(own, 0x0303), server.flush());
        crypto.hearing(own, trace.message("HelloRetryRequest"));
        var second = (ClientHello) HandshakeDecoder.HELLOS.decode(trace.message("second ClientHello"));
        byte[] changed = EncodedMessage.of(Hellos.extensions(second, Hellos.without(ExtensionType.COOKIE)))
                .bytes();
        crypto.hearing(changed, trace.message("second ClientHello"));
        answers(server, trace, Rfc8448Trace.plainRecord(changed, 0x0303));
        hears(server, trace.record("client flight"));
        closes(server, trace);
    }

    @Test
    void section6() throws Exception {
        var trace = new Rfc8448Trace("client authentication");
        var server = new End(showing(trace).asking(ClientAuthentication.NEED).build());
        answers(server, trace, trace.plainRecord("ClientHello", 0x0301));
        hears(server, trace.record("client flight"));
        assertEquals(
                trace.identity("client flight").chain(),
                server.connection().session().orElseThrow().peerChain());
        closes(server, trace);
    }

    @Test
    void section7() throws Exception {
        var trace = new Rfc8448Trace("compatible");
        var server = new End(showing(trace).build());
        answers(server, trace, trace.plainRecord("ClientHello", 0x0301));
        assertEquals(
                1,
                server.events()
                        .all(ChangeCipherSpecTransferred.class)
                        .filter(each -> each.direction() == Direction.SENT)
                        .count());
        hears(server, CHANGE_CIPHER_SPEC, trace.record("client flight"));
        closes(server, trace);
    }

    private static byte[] concat(byte[] one, byte[] other) {
        byte[] both = Arrays.copyOf(one, one.length + other.length);
        System.arraycopy(other, 0, both, one.length, other.length);
        return both;
    }
}
