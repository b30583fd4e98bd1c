package org.almosttls.testkit;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.SSLEngineResult;
import javax.net.ssl.SSLEngineResult.HandshakeStatus;
import javax.net.ssl.SSLEngineResult.Status;
import javax.net.ssl.SSLException;

/** One engine with the bytes on their way to it, the data it has received, and every result it gave. */
public final class EngineEnd {

    private final SSLEngine engine;
    private final List<SSLEngineResult> results = new ArrayList<>();
    private final ByteArrayOutputStream data = new ByteArrayOutputStream();
    private ByteBuffer arrived = ByteBuffer.allocate(0);

    public EngineEnd(SSLEngine engine) {
        this.engine = engine;
    }

    public SSLEngine engine() {
        return engine;
    }

    public byte[] data() {
        return data.toByteArray();
    }

    public List<SSLEngineResult> results() {
        return results;
    }

    public long timesFinished() {
        return results.stream()
                .filter(each -> each.getHandshakeStatus() == HandshakeStatus.FINISHED)
                .count();
    }

    public boolean hasInput() {
        return arrived.hasRemaining();
    }

    /** How many octets wait to be unwrapped. */
    public int input() {
        return arrived.remaining();
    }

    public void deliver(byte[] bytes) {
        arrived = ByteBuffer.allocate(arrived.remaining() + bytes.length)
                .put(arrived)
                .put(bytes)
                .flip();
    }

    /** Unwraps what has arrived as far as it goes. */
    public void unwrapAll() throws SSLException {
        var room = ByteBuffer.allocate(engine.getSession().getApplicationBufferSize());
        boolean goesOn = true;
        while (goesOn) {
            runTasks();
            var result = unwrap(room);
            data.write(room.array(), 0, room.position());
            room.clear();
            runTasks();
            boolean moved = result.bytesConsumed() > 0 || result.bytesProduced() > 0;
            goesOn = moved && result.getStatus() == Status.OK && arrived.hasRemaining();
        }
    }

    public SSLEngineResult unwrap(ByteBuffer... room) throws SSLException {
        return note(engine.unwrap(arrived, room));
    }

    /** Wraps all of the data, or while the handshake wants to. */
    public byte[] wrapAll(byte[] plaintext) throws SSLException {
        var out = new ByteArrayOutputStream();
        var source = ByteBuffer.wrap(plaintext);
        boolean goesOn = true;
        while (goesOn) {
            runTasks();
            var network = ByteBuffer.allocate(engine.getSession().getPacketBufferSize());
            var result = note(engine.wrap(source, network));
            out.write(network.array(), 0, network.position());
            runTasks();
            boolean wants = engine.getHandshakeStatus() == HandshakeStatus.NEED_WRAP || source.hasRemaining();
            goesOn = wants && result.getStatus() == Status.OK && result.bytesProduced() > 0;
        }
        return out.toByteArray();
    }

    private SSLEngineResult note(SSLEngineResult result) {
        results.add(result);
        return result;
    }

    private void runTasks() {
        for (var task = engine.getDelegatedTask(); task != null; task = engine.getDelegatedTask()) task.run();
    }
}
