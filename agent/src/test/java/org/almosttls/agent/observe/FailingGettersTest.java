package org.almosttls.agent.observe;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import javax.net.ssl.SSLEngine;
import ordinary.FailingEngine;
import org.almosttls.event.TlsEvent;
import org.almosttls.event.TlsEvent.Closed;
import org.almosttls.event.TlsEvent.HandshakeCompleted;
import org.almosttls.event.TlsEvent.Watched;
import org.almosttls.registry.ProtocolVersion;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A stack that fails to answer has its line, of what passed. */
class FailingGettersTest {

    private final List<TlsEvent> told = new ArrayList<>();
    private final Observation observation = new Observation(new Heard(told), (kind, type) -> {}, name -> {});

    private <T extends TlsEvent> List<T> told(Class<T> kind) {
        return told.stream().filter(kind::isInstance).map(kind::cast).toList();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "none",
                "null",
                "all",
                "getPeerHost",
                "getSession",
                "getHandshakeSession",
                "getSSLParameters",
                "getApplicationProtocol",
                "getNeedClientAuth",
                "getUseClientMode"
            })
    void itHasItsLine(String which) throws Exception {
        WatchedPair pair = WatchedPair.handshaken(observation, "TLSv1.3", engine -> new FailingEngine(engine, which));
        for (SSLEngine engine : List.of(pair.client(), pair.server())) engine.closeOutbound();
        var toServer = ByteBuffer.allocate(1 << 15);
        var toClient = ByteBuffer.allocate(1 << 15);
        pair.send(pair.client(), ByteBuffer.allocate(0), toServer);
        pair.send(pair.server(), ByteBuffer.allocate(0), toClient);
        pair.receive(pair.client(), toClient.flip(), ByteBuffer.allocate(1 << 15));
        pair.receive(pair.server(), toServer.flip(), ByteBuffer.allocate(1 << 15));
        assertEquals(2, told(Watched.class).size(), told::toString);
        assertEquals(2, told(HandshakeCompleted.class).size(), told::toString);
        for (var done : told(HandshakeCompleted.class))
            assertEquals(ProtocolVersion.TLS_1_3, done.session().version());
        assertEquals(2, told(Closed.class).size(), told::toString);
        assertTrue(told.get(told.size() - 1) instanceof Closed, told::toString);
    }
}
