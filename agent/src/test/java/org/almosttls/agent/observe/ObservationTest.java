package org.almosttls.agent.observe;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;

import java.nio.ByteBuffer;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.SSLEngineResult;
import org.almosttls.config.Clock;
import org.almosttls.event.ConnectionId;
import org.almosttls.event.TlsEvent;
import org.almosttls.event.TlsEvent.HandshakeCompleted;
import org.almosttls.event.TlsEvent.Watched;
import org.almosttls.registry.Role;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What an application and its stack may do that is out of the ordinary. */
class ObservationTest {

    private final Heard listener = new Heard();
    private final List<TlsEvent> told = listener.told();
    private final Observation observation = new Observation(listener, (kind, type) -> {}, name -> {});

    private SSLEngine client(String protocol) throws Exception {
        SSLContext context = SSLContext.getInstance(protocol, "SunJSSE");
        context.init(null, null, null);
        SSLEngine engine = context.createSSLEngine();
        engine.setUseClientMode(true);
        observation.made(engine);
        return engine;
    }

    private void saysHello(SSLEngine engine) throws Exception {
        ByteBuffer network = ByteBuffer.allocate(1 << 15);
        Object entered = observation.engineEnters(engine, true, network, 0, 1);
        SSLEngineResult result = engine.wrap(ByteBuffer.allocate(0), network);
        if (entered != null) observation.engineLeaves(entered, true, network, result, null);
    }

    /** RFC 6347: its records are others, and its handshake is. */
    @ParameterizedTest
    @CsvSource({"TLS, 1", "DTLS, 0"})
    void whatIsNoTlsOverAStreamIsLeftAlone(String protocol, int begun) throws Exception {
        SSLEngine engine = client(protocol);
        saysHello(engine);
        engine.closeOutbound();
        saysHello(engine);
        assertEquals(begun, told.stream().filter(Watched.class::isInstance).count());
        if (begun == 0) assertEquals(List.of(), told);
    }

    /** The engine throws as well, and is watched as before. */
    @Test
    void buffersThatAreNoneChangeNothing() throws Exception {
        SSLEngine engine = client("TLS");
        assertNull(observation.engineEnters(engine, false, new ByteBuffer[] {null}, 0, 1));
        assertNull(observation.engineEnters(engine, false, new ByteBuffer[1], -1, 1));
        assertNotNull(observation.engineEnters(engine, true, ByteBuffer.allocate(1), 0, 1));
    }

    /** As of a read in one thread and the handshake's end in another. */
    @Test
    void aFirstHandshakeIsDoneOnce() {
        var telling = new Telling(ConnectionId.next(), Clock.system(), listener);
        var connection = new WatchedConnection(new Object(), telling);
        telling.begins(notes -> new Watched(
                "SunJSSE", Role.CLIENT, Optional.empty(), Optional.empty(), Optional.empty(), notes, Clock.system()));
        var agreed = new Established(
                Role.CLIENT,
                false,
                false,
                "TLSv1.2",
                "TLS_ECDHE_ECDSA_WITH_AES_256_GCM_SHA384",
                Instant.EPOCH,
                List.of(),
                List.of(),
                Optional.empty());
        connection.establishes(agreed, true);
        connection.establishes(agreed, true);
        assertEquals(1, completed());
        connection.establishes(agreed, false);
        assertEquals(2, completed());
    }

    private long completed() {
        return told.stream().filter(HandshakeCompleted.class::isInstance).count();
    }
}
