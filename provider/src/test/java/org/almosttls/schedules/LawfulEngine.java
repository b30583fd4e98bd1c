package org.almosttls.schedules;

import java.util.concurrent.atomic.AtomicInteger;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.SSLEngineResult;
import javax.net.ssl.SSLEngineResult.HandshakeStatus;
import javax.net.ssl.SSLException;

/** An engine each of whose answers has to be what the documentation of {@code SSLEngine} says. */
final class LawfulEngine {

    private final String name;
    private final SSLEngine engine;
    private final Laws laws;
    private final Trail trail;
    private final AtomicInteger finished = new AtomicInteger();
    private volatile boolean failed;

    /** @param laws what is demanded of this one */
    LawfulEngine(String name, SSLEngine engine, Laws laws, Trail trail) {
        this.name = name;
        this.engine = engine;
        this.laws = laws;
        this.trail = trail;
    }

    /** What is not checked. */
    SSLEngine bare() {
        return engine;
    }

    boolean isOurs() {
        return laws.stack() == Stack.OURS;
    }

    HandshakeStatus status() {
        return engine.getHandshakeStatus();
    }

    int timesFinished() {
        return finished.get();
    }

    /** Whether a handshake has come to its end. */
    boolean isEstablished() {
        return finished.get() > 0;
    }

    /** Whether it has thrown what it may throw only once. */
    boolean isFailed() {
        return failed;
    }

    boolean isDone() {
        return engine.isInboundDone() && engine.isOutboundDone();
    }

    SSLEngineResult wrap(Buffers sources, Buffers room) throws SSLException {
        return call(
                "wrap",
                sources,
                room,
                () -> sources.length() == 1 && sources.offset() == 0
                        ? engine.wrap(sources.first(), room.first())
                        : engine.wrap(sources.array(), sources.offset(), sources.length(), room.first()));
    }

    SSLEngineResult unwrap(Buffers source, Buffers rooms) throws SSLException {
        return call(
                "unwrap",
                source,
                rooms,
                () -> rooms.length() == 1 && rooms.offset() == 0
                        ? engine.unwrap(source.first(), rooms.first())
                        : engine.unwrap(source.first(), rooms.array(), rooms.offset(), rooms.length()));
    }

    private interface Call {
        SSLEngineResult run() throws SSLException;
    }

    private SSLEngineResult call(String verb, Buffers sources, Buffers rooms, Call call) throws SSLException {
        var before = Moment.of(engine, isEstablished());
        int given = sources.remaining();
        int space = rooms.remaining();
        SSLEngineResult result;
        try {
            result = call.run();
        } catch (SSLException refused) {
            trail.note(name + ' ' + verb + ' ' + given + " of " + space + ": " + refused);
            failed = true;
            laws.afterException(before, Moment.of(engine, isEstablished()), rooms);
            throw refused;
        }
        trail.note(name + ' ' + verb + ' ' + given + " of " + space + ": " + result.getStatus() + ' '
                + result.getHandshakeStatus() + ' ' + result.bytesConsumed() + " to " + result.bytesProduced());
        if (result.getHandshakeStatus() == HandshakeStatus.FINISHED) finished.incrementAndGet();
        laws.afterCall(new Answer(verb, before, Moment.of(engine, isEstablished()), result), sources, rooms);
        return result;
    }

    void beginHandshake() throws SSLException {
        trail.note(name + " beginHandshake");
        engine.beginHandshake();
    }

    void closeOutbound() {
        var before = Moment.of(engine, isEstablished());
        engine.closeOutbound();
        var after = Moment.of(engine, isEstablished());
        trail.note(name + " closeOutbound: " + after.status());
        laws.afterClosing(before, after);
    }

    /** @return whether that was in order */
    boolean closeInbound() {
        var before = Moment.of(engine, isEstablished());
        boolean inOrder = true;
        try {
            engine.closeInbound();
        } catch (SSLException tooEarly) {
            inOrder = false;
            failed = true;
        }
        var after = Moment.of(engine, isEstablished());
        trail.note(name + " closeInbound: " + (inOrder ? "" : "refused, ") + after.status());
        laws.afterInboundClosing(before, after, inOrder);
        return inOrder;
    }
}
