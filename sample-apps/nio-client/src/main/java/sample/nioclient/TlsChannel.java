package sample.nioclient;

import java.io.EOFException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.function.Consumer;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.SSLEngineResult;

/**
 * TLS over a {@link Wire}: asks the {@code SSLEngine} what it needs next, and gives it that.
 *
 * <p>The handshake is not a phase of its own. It happens when the first bytes are sent, and bits of it (new keys, new
 * tickets) may come at any later time; so sending and receiving both look at the handshake status at each step.
 */
final class TlsChannel implements AutoCloseable {

    private static final ByteBuffer NOTHING = ByteBuffer.allocate(0);

    private final Wire wire;
    private final SSLEngine engine;
    private final Executor tasks;

    /** From the network, not yet unwrapped; between two calls ready to be filled further, as is {@link #plain}. */
    private ByteBuffer arrived;

    /** Wrapped, and written at once; empty between two calls. */
    private ByteBuffer due;

    /** Unwrapped, not yet received. */
    private ByteBuffer plain;

    TlsChannel(Wire wire, SSLEngine engine, Executor tasks) {
        this.wire = wire;
        this.engine = engine;
        this.tasks = tasks;
        this.arrived = ByteBuffer.allocate(engine.getSession().getPacketBufferSize());
        this.due = ByteBuffer.allocate(engine.getSession().getPacketBufferSize());
        this.plain = ByteBuffer.allocate(engine.getSession().getApplicationBufferSize());
    }

    /** Sends all of the buffer. */
    void send(ByteBuffer application) throws IOException {
        while (application.hasRemaining()) {
            switch (engine.getHandshakeStatus()) {
                case NEED_TASK -> runTasks();
                case NEED_UNWRAP, NEED_UNWRAP_AGAIN -> unwrap();
                case NEED_WRAP, NOT_HANDSHAKING, FINISHED -> wrap(application);
            }
        }
    }

    /** Hands over what came, at least one byte; false if the peer has said that nothing will. */
    boolean receive(Consumer<ByteBuffer> receiver) throws IOException {
        while (plain.position() == 0 && !engine.isInboundDone()) {
            switch (engine.getHandshakeStatus()) {
                case NEED_TASK -> runTasks();
                case NEED_WRAP -> wrap(NOTHING);
                case NEED_UNWRAP, NEED_UNWRAP_AGAIN, NOT_HANDSHAKING, FINISHED -> unwrap();
            }
        }
        boolean something = plain.position() > 0;
        receiver.accept(plain.flip());
        plain.compact();
        return something;
    }

    /** Sends what is still due: the alert if something went wrong, else close_notify. */
    @Override
    public void close() {
        engine.closeOutbound();
        try {
            boolean something = true;
            while (something && !engine.isOutboundDone()) {
                something = wrap(NOTHING);
            }
        } catch (IOException e) {
            // Nobody is there to hear it: what counts has been received, or has failed, before.
        }
    }

    /** Off this thread, since a task may check signatures or ask a remote key store; meanwhile the selector waits. */
    private void runTasks() throws IOException {
        for (Runnable task = engine.getDelegatedTask(); task != null; task = engine.getDelegatedTask()) {
            var run = CompletableFuture.runAsync(task, tasks);
            run.whenComplete((nothing, failure) -> wire.wakeUp());
            while (!run.isDone()) {
                wire.awaitWakeUp();
            }
            run.join();
        }
    }

    /** Makes and writes one record; false if there was none to make. */
    private boolean wrap(ByteBuffer application) throws IOException {
        SSLEngineResult result = engine.wrap(application, due);
        wire.write(due.flip());
        due.clear();
        switch (result.getStatus()) {
            case OK -> {}
            case BUFFER_OVERFLOW -> due = enlarged(due, engine.getSession().getPacketBufferSize());
            case CLOSED -> {
                if (application.hasRemaining()) {
                    throw new EOFException("closed before all was sent");
                }
            }
            case BUFFER_UNDERFLOW -> throw new IllegalStateException("wrap needs no input");
        }
        return result.bytesProduced() > 0;
    }

    /** Takes one record, or reads from the network what is missing to it. */
    private void unwrap() throws IOException {
        if (engine.isInboundDone()) {
            throw new EOFException("closed during the handshake");
        }
        SSLEngineResult result = engine.unwrap(arrived.flip(), plain);
        arrived.compact();
        switch (result.getStatus()) {
            case OK, CLOSED -> {}
            case BUFFER_OVERFLOW -> plain = enlarged(plain, engine.getSession().getApplicationBufferSize());
            case BUFFER_UNDERFLOW -> {
                if (!arrived.hasRemaining()) {
                    arrived = enlarged(arrived, engine.getSession().getPacketBufferSize());
                }
                if (!wire.read(arrived)) {
                    // Fails if the peer did not say close_notify: someone may have cut its answer short.
                    engine.closeInbound();
                }
            }
        }
    }

    private static ByteBuffer enlarged(ByteBuffer buffer, int room) {
        return ByteBuffer.allocate(buffer.capacity() + room).put(buffer.flip());
    }
}
