package org.almosttls.agent.observe;

import static org.almosttls.agent.Allocated.octetsPer;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.SSLEngineResult;
import javax.net.ssl.SSLEngineResult.HandshakeStatus;
import javax.net.ssl.SSLEngineResult.Status;
import org.almosttls.event.TlsEvent;
import org.almosttls.event.TlsEvent.Closed;
import org.almosttls.event.TlsEvent.HandshakeCompleted;
import org.almosttls.event.TlsEvent.Traffic;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What watching takes of the heap at each record of a session that is under way: nothing. */
class ObserveAllocationTest {

    private static final int LENGTH = 1 << 14;

    private final List<TlsEvent> told = new ArrayList<>();
    private final ByteBuffer network = ByteBuffer.allocate(2 * LENGTH);

    private final Observation observation = new Observation(new Heard(told), (kind, type) -> {}, name -> {});

    @ParameterizedTest
    @ValueSource(strings = {"TLSv1.3", "TLSv1.2"})
    void aRecordTakesNothing(String version) throws Exception {
        var pair = WatchedPair.handshaken(observation, version);
        pair.send(pair.client(), ByteBuffer.allocate(LENGTH), network);
        int record = network.position();
        pair.receive(pair.server(), network.flip(), ByteBuffer.allocate(2 * LENGTH));
        assertEquals(
                2, told.stream().filter(HandshakeCompleted.class::isInstance).count());
        var wrapped = new SSLEngineResult(Status.OK, HandshakeStatus.NOT_HANDSHAKING, LENGTH, record);
        var unwrapped = new SSLEngineResult(Status.OK, HandshakeStatus.NOT_HANDSHAKING, record, LENGTH);
        assertEquals(0, octetsPer(() -> {
            passes(pair.client(), true, wrapped);
            passes(pair.server(), false, unwrapped);
        }));
    }

    @ParameterizedTest
    @ValueSource(strings = {"TLSv1.3", "TLSv1.2"})
    void norDoesOneOfASocketsStreams(String version) throws Exception {
        byte[] record = new byte[5 + LENGTH];
        ByteBuffer.wrap(record).put(new byte[] {23, 3, 3}).putShort((short) LENGTH);
        try (var socket = WatchedSocket.handshaken(observation, version)) {
            assertEquals(
                    1,
                    told.stream().filter(HandshakeCompleted.class::isInstance).count());
            int sent = LENGTH - 17;
            assertEquals(0, octetsPer(() -> {
                socket.writes(record, sent);
                socket.reads(record, sent);
            }));
        }
        Traffic traffic = ((Closed) told.get(told.size() - 1)).traffic();
        assertEquals(traffic.bytesSent(), traffic.bytesReceived());
        assertTrue(traffic.bytesSent() > LENGTH, traffic::toString);
    }

    /** As if the engine had done it, which would take something of the heap itself. */
    private void passes(SSLEngine engine, boolean sends, SSLEngineResult result) {
        network.clear();
        Object entered = observation.engineEnters(engine, sends, network, 0, 1);
        network.position(sends ? result.bytesProduced() : result.bytesConsumed());
        observation.engineLeaves(entered, sends, network, result, null);
    }
}
