package org.almosttls.testkit;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.util.Arrays;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.SSLEngineResult.HandshakeStatus;
import javax.net.ssl.SSLException;

/** Another stack's engine, in memory, as the peer of one of our ends. */
public final class EngineOpposite {

    private static final int ROOM = 1 << 16;

    private final SSLEngine engine;
    private final ByteArrayOutputStream data = new ByteArrayOutputStream();
    private boolean begun;
    private ByteBuffer arrived = ByteBuffer.allocate(0);

    public EngineOpposite(SSLEngine engine) {
        this.engine = engine;
    }

    public SSLEngine engine() {
        return engine;
    }

    public byte[] data() {
        return data.toByteArray();
    }

    /** Carries bytes to and fro until neither has any to send. */
    public void meet(End end) throws Exception {
        if (!begun) engine.beginHandshake();
        begun = true;
        byte[] ours = end.flush();
        byte[] theirs = send(new byte[0]);
        while (ours.length > 0 || theirs.length > 0) {
            theirs = concatenated(theirs, take(ours));
            end.deliver(theirs);
            end.receive();
            ours = end.flush();
            theirs = send(new byte[0]);
        }
    }

    /** What carries this data, and whatever else the engine has to send. */
    public byte[] send(byte[] plaintext) throws SSLException {
        var source = ByteBuffer.wrap(plaintext);
        var out = new ByteArrayOutputStream();
        runTasks();
        while (source.hasRemaining() || engine.getHandshakeStatus() == HandshakeStatus.NEED_WRAP) {
            var network = ByteBuffer.allocate(ROOM);
            engine.wrap(source, network);
            out.write(network.array(), 0, network.position());
            runTasks();
        }
        return out.toByteArray();
    }

    /** Takes what has come, and answers as far as that goes. */
    public byte[] take(byte[] bytes) throws SSLException {
        arrived = ByteBuffer.wrap(concatenated(rest(), bytes));
        var answers = send(new byte[0]);
        while (arrived.hasRemaining()) {
            var plaintext = ByteBuffer.allocate(ROOM);
            int before = arrived.remaining();
            engine.unwrap(arrived, plaintext);
            data.write(plaintext.array(), 0, plaintext.position());
            boolean ran = runTasks();
            answers = concatenated(answers, send(new byte[0]));
            if (arrived.remaining() == before && !ran) return answers;
        }
        return answers;
    }

    private byte[] rest() {
        var rest = new byte[arrived.remaining()];
        arrived.get(rest);
        return rest;
    }

    /** Whether there were any. */
    private boolean runTasks() {
        boolean ran = false;
        for (var task = engine.getDelegatedTask(); task != null; task = engine.getDelegatedTask()) {
            task.run();
            ran = true;
        }
        return ran;
    }

    private static byte[] concatenated(byte[] first, byte[] second) {
        byte[] both = Arrays.copyOf(first, first.length + second.length);
        System.arraycopy(second, 0, both, first.length, second.length);
        return both;
    }
}
