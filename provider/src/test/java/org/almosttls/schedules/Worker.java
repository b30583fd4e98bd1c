package org.almosttls.schedules;

import static org.junit.jupiter.api.Assertions.assertTrue;

import javax.net.ssl.SSLEngineResult;
import javax.net.ssl.SSLEngineResult.HandshakeStatus;
import javax.net.ssl.SSLException;

/** One end whose engine is called by two threads: one that reads, and one that writes. */
final class Worker {

    /** More than any record has. */
    private static final int ENOUGH = 20_000;

    /** An engine throws what has gone wrong once, but there may be another thing. */
    private static final int MOST_FAILURES = 2;

    private final LawfulEngine engine;
    private final Wire in;
    private final Wire out;
    private final Speech says;
    private final Speech hears;
    private final Bell bell;
    private final Wish wish;

    /**
     * What an end wants beside its data.
     *
     * @param renewals how often new keys
     * @param closing the turn in which it closes, whatever it has still to say
     * @param beforeClosing who wants to hear of that
     */
    record Wish(long seed, int renewals, int closing, Runnable beforeClosing) {

        boolean renewsAt(int turn) {
            return turn > 0 && turn <= renewals;
        }
    }

    Worker(LawfulEngine engine, Wire[] ways, Speech[] speeches, Bell bell, Wish wish) {
        this.engine = engine;
        this.in = ways[0];
        this.out = ways[1];
        this.says = speeches[0];
        this.hears = speeches[1];
        this.bell = bell;
        this.wish = wish;
    }

    LawfulEngine engine() {
        return engine;
    }

    /** Whether the other end has heard all that this one had to say. */
    boolean isHeard() {
        return says.isOver();
    }

    void read() throws SSLException {
        for (int turn = 0; !engine.bare().isInboundDone() && !bell.isOver(); turn++) {
            long before = bell.times();
            var draw = new Draw(wish.seed(), 2L * turn);
            if (runTask() | unwrap(draw)) bell.ring();
            else bell.await(before);
        }
    }

    void write() throws SSLException {
        int renewed = 0;
        for (int turn = 0; !engine.bare().isOutboundDone() && !bell.isOver(); turn++) {
            long before = bell.times();
            var draw = new Draw(wish.seed(), 2L * turn + 1);
            if (engine.isEstablished() && says.left() > 0 && wish.renewsAt(renewed + 1) && draw.oneIn(3)) {
                renewed++;
                engine.beginHandshake();
            }
            if (turn == wish.closing()) closeEarly();
            else if (isThrough()) engine.closeOutbound();
            if (runTask() | wrap(draw)) bell.ring();
            else bell.await(before);
        }
    }

    private void closeEarly() {
        wish.beforeClosing().run();
        engine.closeOutbound();
        says.end();
    }

    /** Says what is to be said about the end, and is told that no more comes. */
    void end() {
        says.end();
        engine.bare().closeOutbound();
        sayAll();
        engine.closeInbound();
        sayAll();
    }

    private void sayAll() {
        var draw = new Draw(wish.seed(), -1);
        int failures = 0;
        boolean more = true;
        while (more) {
            try {
                more = runTask() | wrap(draw);
            } catch (SSLException told) {
                assertTrue(++failures <= MOST_FAILURES, "fails again and again: " + told);
            }
        }
    }

    private boolean isThrough() {
        return engine.isEstablished()
                && says.left() == 0
                && hears.isOver()
                && engine.status() == HandshakeStatus.NOT_HANDSHAKING
                && !engine.bare().isOutboundDone();
    }

    /** Whoever comes first. */
    private boolean runTask() {
        var task = engine.bare().getDelegatedTask();
        if (task == null) return false;
        Tasks.run(task);
        return true;
    }

    private boolean unwrap(Draw draw) throws SSLException {
        boolean more = in.underWay() > 0;
        byte[] arrived = in.bring(draw.of(1, 40, 2000, ENOUGH));
        var source = engine.isOurs() ? Buffers.source(draw, arrived) : Buffers.writableSource(draw, arrived);
        var rooms = draw.oneIn(2) ? Buffers.room(draw, ENOUGH) : Buffers.scatteredRoom(draw, ENOUGH);
        var before = engine.status();
        var result = engine.unwrap(source, rooms);
        hears.hear(rooms.written());
        in.take(source.moved());
        return more || isProgress(before, result);
    }

    private boolean wrap(Draw draw) throws SSLException {
        byte[] data = says.next(draw.amount(2 * ENOUGH));
        var sources = draw.oneIn(2) ? Buffers.source(draw, data) : Buffers.scatteredSource(draw, data);
        var room = Buffers.room(draw, ENOUGH);
        var before = engine.status();
        var result = engine.wrap(sources, room);
        says.say(result.bytesConsumed());
        out.send(room.written());
        return isProgress(before, result) || says.left() > 0 && data.length == 0;
    }

    private boolean isProgress(HandshakeStatus before, SSLEngineResult result) {
        return result.bytesConsumed() + result.bytesProduced() > 0 || engine.status() != before;
    }
}
