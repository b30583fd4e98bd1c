package org.almosttls.jsse;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.SSLParameters;
import org.almosttls.extension.MaxFragmentLength;
import org.almosttls.extension.RecordSizeLimit;
import org.almosttls.message.ClientHello;
import org.almosttls.message.HandshakeDecoder;
import org.almosttls.testkit.Contexts;
import org.almosttls.testkit.EngineEnd;
import org.almosttls.testkit.EnginePair;
import org.almosttls.testkit.SocketPair;
import org.almosttls.testkit.TestCertificates;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** {@code SSLParameters.setMaximumPacketSize} on engines and sockets: how long their records are, and their peer's. */
class PacketSizesTest {

    private static final String SWITCH = "jsse.enableMFLNExtension";

    private final Optional<String> before = Optional.ofNullable(System.getProperty(SWITCH));

    @AfterEach
    void restore() {
        before.ifPresentOrElse(value -> System.setProperty(SWITCH, value), () -> System.clearProperty(SWITCH));
    }

    private static SSLContext server() {
        return Contexts.with(Contexts.OURS, TestCertificates.rsaServer());
    }

    private static SSLParameters limited(SSLParameters parameters, int packet) {
        parameters.setMaximumPacketSize(packet);
        return parameters;
    }

    private static SSLEngine client(int packet) {
        var engine = Contexts.client(Contexts.OURS).createSSLEngine(TestCertificates.HOST, 443);
        engine.setUseClientMode(true);
        engine.setSSLParameters(limited(engine.getSSLParameters(), packet));
        return engine;
    }

    private static ClientHello hello(SSLEngine engine) throws Exception {
        byte[] network = new EngineEnd(engine).wrapAll(new byte[0]);
        var message = new ByteArrayOutputStream();
        int at = 0;
        for (int length : recordLengths(network)) {
            message.write(network, at + 5, length - 5);
            at += length;
        }
        return (ClientHello) HandshakeDecoder.HELLOS.decode(message.toByteArray());
    }

    private static List<Integer> recordLengths(byte[] network) {
        var all = new ArrayList<Integer>();
        for (int at = 0; at < network.length; at += all.get(all.size() - 1))
            all.add(5 + ((network[at + 3] & 0xFF) << 8 | network[at + 4] & 0xFF));
        return all;
    }

    private static byte[] noise(int length) {
        byte[] noise = new byte[length];
        new Random(length).nextBytes(noise);
        return noise;
    }

    @ParameterizedTest
    @CsvSource({"0, -1", "20000, -1", "16709, -1", "16708, 16383", "1024, 699", "389, 64", "100, 64"})
    void whatIsAskedForLeavesRoomForWhatIsAroundIt(int packet, int limit) throws Exception {
        System.setProperty(SWITCH, "false");
        var extensions = hello(client(packet)).extensions();
        assertEquals(
                limit < 0 ? Optional.empty() : Optional.of(new RecordSizeLimit(limit)),
                extensions.find(RecordSizeLimit.class));
        assertEquals(Optional.empty(), extensions.find(MaxFragmentLength.class));
    }

    /** The platform's switch, as it stands when the handshake begins. */
    @Test
    void theOlderExtensionIsSentOnlyIfThePlatformsSwitchIsOn() throws Exception {
        System.setProperty(SWITCH, "true");
        assertEquals(
                Optional.of(new MaxFragmentLength(2)),
                hello(client(1024 + 325)).extensions().find(MaxFragmentLength.class));
        assertEquals(Optional.empty(), hello(client(0)).extensions().find(MaxFragmentLength.class));
    }

    /** No record of either end is longer than the packet that one of them wished for. */
    @ParameterizedTest
    @ValueSource(ints = {400, 1000, 5000})
    void enginesKeepToIt(int packet) throws Exception {
        var pair = new EnginePair(client(packet), server().createSSLEngine()).handshake();
        byte[] data = noise(50_000);
        byte[] up = pair.client().wrapAll(data);
        byte[] down = pair.server().wrapAll(data);
        for (int length : recordLengths(up)) assertTrue(length <= packet);
        for (int length : recordLengths(down)) assertTrue(length <= packet);
        pair.server().deliver(up);
        pair.server().unwrapAll();
        pair.client().deliver(down);
        pair.client().unwrapAll();
        assertArrayEquals(data, pair.server().data());
        assertArrayEquals(data, pair.client().data());
    }

    @ParameterizedTest
    @ValueSource(ints = {64, 400, 1000, 5000})
    void socketsKeepToItAndCarryTheirData(int packet) throws Exception {
        byte[] data = noise(60_000);
        try (var pair = new SocketPair(Contexts.client(Contexts.OURS), server())) {
            pair.client().setSSLParameters(limited(pair.client().getSSLParameters(), packet));
            pair.server().setSSLParameters(limited(pair.server().getSSLParameters(), packet));
            pair.handshake();
            for (boolean up : List.of(true, false)) {
                var from = up ? pair.client() : pair.server();
                var to = up ? pair.server() : pair.client();
                var writing = pair.async(() -> {
                    from.getOutputStream().write(data);
                    return true;
                });
                assertArrayEquals(data, to.getInputStream().readNBytes(data.length));
                SocketPair.await(writing);
            }
        }
    }

    /** A record that the peer sends before it knows any better must find room. */
    @Test
    void whatIsNotAgreedForAllConnectionsOfASessionLeavesItsBuffersAlone() throws Exception {
        var pair = new EnginePair(client(400), server().createSSLEngine()).handshake();
        var session = pair.client().engine().getSession();
        assertEquals(1 << 14, session.getApplicationBufferSize());
        assertTrue(session.getPacketBufferSize() >= (1 << 14) + 256);
    }

    @Test
    void aWrapOfMuchDataWantsRoomForOneShortRecordOnly() throws Exception {
        var pair = new EnginePair(client(400), server().createSSLEngine()).handshake();
        var room = ByteBuffer.allocate(400);
        var result = pair.client().engine().wrap(ByteBuffer.wrap(noise(50_000)), room);
        assertEquals(room.position(), result.bytesProduced());
        assertTrue(result.bytesConsumed() > 300);
    }

    @Test
    void theWishSurvives() {
        assertEquals(1234, client(1234).getSSLParameters().getMaximumPacketSize());
        assertEquals(0, client(0).getSSLParameters().getMaximumPacketSize());
    }
}
