package org.almosttls.testkit;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.util.Optional;
import org.almosttls.alert.TlsAlertException;
import org.almosttls.config.NextHandshake;
import org.almosttls.config.TlsConfig;
import org.almosttls.engine.ConnectionStatus;
import org.almosttls.engine.PeerAlertException;
import org.almosttls.engine.Progress;
import org.almosttls.engine.TlsConnection;
import org.almosttls.event.TlsEventListener;

/** One end of a connection pair: a connection with the bytes on their way to it and the data it has received. */
public final class End {

    private static final ByteBuffer[] NO_DATA = {ByteBuffer.allocate(0)};

    private final RecordingListener events = new RecordingListener();
    private final TlsConnection connection;
    private final ByteArrayOutputStream data = new ByteArrayOutputStream();
    private ByteBuffer arrived = ByteBuffer.allocate(0);

    public End(TlsConfig config) {
        connection = new TlsConnection(config, events, Optional.empty(), Optional.empty());
    }

    /** @param next for the handshakes after the first */
    public End(TlsConfig config, TlsConfig next) {
        this(config, NextHandshake.like(next));
    }

    public End(TlsConfig config, NextHandshake next) {
        connection = new TlsConnection(config, next, events, Optional.empty(), Optional.empty());
    }

    private End(TlsConfig config, TlsEventListener listener) {
        connection = new TlsConnection(config, listener, Optional.empty(), Optional.empty());
    }

    /** An end that somebody else listens to. */
    public static End heardBy(TlsEventListener listener, TlsConfig config) {
        return new End(config, listener);
    }

    /** An end that nobody listens to. */
    public static End unheard(TlsConfig config) {
        return new End(config, TlsEventListener.none());
    }

    public TlsConnection connection() {
        return connection;
    }

    public RecordingListener events() {
        return events;
    }

    public byte[] data() {
        return data.toByteArray();
    }

    /** Adds bytes to what has arrived, without looking at them. */
    public void deliver(byte[] bytes) {
        arrived = ByteBuffer.allocate(arrived.remaining() + bytes.length)
                .put(arrived)
                .put(bytes)
                .flip();
    }

    /** Receives whatever has arrived, running tasks in between, as far as it goes. */
    public void receive() throws TlsAlertException, PeerAlertException {
        var room = ByteBuffer.allocate(TlsConnection.MAX_PLAINTEXT);
        while (true) {
            runTasks();
            int before = arrived.remaining();
            Progress progress = connection.receive(arrived, new ByteBuffer[] {room}, 0, 1);
            data.write(room.array(), 0, room.position());
            room.clear();
            runTasks();
            if (progress != Progress.DONE || arrived.remaining() == before) return;
        }
    }

    /** Everything that waits to be sent, as it goes over the wire. */
    public byte[] flush() throws TlsAlertException {
        connection.start();
        var out = new ByteArrayOutputStream();
        runTasks();
        while (connection.status() == ConnectionStatus.NEED_SEND) {
            send(NO_DATA, out);
            runTasks();
        }
        return out.toByteArray();
    }

    /** The records that carry this application data. */
    public byte[] seal(byte[] plaintext) throws TlsAlertException {
        var out = new ByteArrayOutputStream();
        var source = ByteBuffer.wrap(plaintext);
        while (source.hasRemaining()) send(new ByteBuffer[] {source}, out);
        return out.toByteArray();
    }

    private void send(ByteBuffer[] application, ByteArrayOutputStream out) throws TlsAlertException {
        var network = ByteBuffer.allocate(TlsConnection.MAX_RECORD);
        connection.send(application, 0, application.length, network);
        out.write(network.array(), 0, network.position());
    }

    private void runTasks() {
        for (var task = connection.nextTask(); task.isPresent(); task = connection.nextTask()) {
            task.get().run();
        }
    }
}
