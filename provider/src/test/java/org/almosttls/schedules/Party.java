package org.almosttls.schedules;

import java.nio.ByteBuffer;
import java.nio.ReadOnlyBufferException;
import javax.net.ssl.SSLEngineResult;
import javax.net.ssl.SSLEngineResult.HandshakeStatus;
import javax.net.ssl.SSLException;

/** One end of a scheduled connection: its engine, its tasks, the network both ways, what it says and what it hears. */
final class Party {

    /** More than any record has. */
    private static final int ENOUGH = 20_000;

    private final LawfulEngine engine;
    private final Tasks tasks;
    private final Wire in;
    private final Wire out;
    private final Speech says;
    private final Speech hears;
    private boolean closing;

    Party(LawfulEngine engine, Wire in, Wire out, Speech says, Speech hears) {
        this.engine = engine;
        this.tasks = new Tasks(engine.bare(), engine.isOurs());
        this.in = in;
        this.out = out;
        this.says = says;
        this.hears = hears;
    }

    LawfulEngine engine() {
        return engine;
    }

    Wire in() {
        return in;
    }

    Speech says() {
        return says;
    }

    boolean isClosing() {
        return closing;
    }

    /** Octets the network brings. */
    void deliver(Draw draw) {
        in.deliver(draw.of(1, draw.below(40), draw.below(2000), draw.below(40_000), Integer.MAX_VALUE));
    }

    /** A task is handed out, or one that was is run. */
    boolean task(Draw draw) {
        if (!tasks.isHeld()) {
            if (!tasks.take() || draw.oneIn(3)) return tasks.isHeld();
        }
        tasks.run(draw.oneIn(2));
        return true;
    }

    /** Whether anything came of it. */
    boolean unwrap(Draw draw) throws SSLException {
        int enough = roomForData();
        int size = draw.oneIn(3) ? draw.amount(enough) : enough + draw.below(3);
        int most = draw.of(draw.amount(1000), ENOUGH, ENOUGH, ENOUGH, Integer.MAX_VALUE);
        if (engine.isOurs() && draw.oneIn(6)) {
            var both = Buffers.overlapping(draw, in.peek(most), size);
            return unwrapped(both[0], both[1]);
        }
        var rooms = draw.oneIn(2) ? Buffers.room(draw, size) : Buffers.scatteredRoom(draw, size);
        return unwrapped(arrived(draw, most), rooms);
    }

    /** The platform's says too little where its records are bounded. */
    private int roomForData() {
        return engine.isOurs() ? engine.bare().getSession().getApplicationBufferSize() : ENOUGH;
    }

    /** As who wants to get on does it. */
    boolean unwrapPlainly(Draw draw) throws SSLException {
        var rooms = Buffers.room(draw, roomForData());
        return unwrapped(arrived(draw, ENOUGH), rooms);
    }

    private Buffers arrived(Draw draw, int most) {
        byte[] network = in.peek(most);
        return engine.isOurs() ? Buffers.source(draw, network) : Buffers.writableSource(draw, network);
    }

    private boolean unwrapped(Buffers source, Buffers rooms) throws SSLException {
        var before = engine.status();
        try {
            var result = engine.unwrap(source, rooms);
            hears.hear(rooms.written());
            return isProgress(before, result);
        } finally {
            in.take(source.moved());
        }
    }

    boolean wrap(Draw draw) throws SSLException {
        byte[] data = says.next(draw.amount(2 * ENOUGH));
        int enough = engine.bare().getSession().getPacketBufferSize();
        int size = draw.oneIn(4) ? draw.amount(enough) : enough + draw.below(3);
        if (engine.isOurs() && draw.oneIn(6)) {
            var both = Buffers.overlapping(draw, data, size);
            return wrapped(both[0], both[1]);
        }
        var sources = draw.oneIn(2) ? Buffers.source(draw, data) : Buffers.scatteredSource(draw, data);
        return wrapped(sources, Buffers.room(draw, size));
    }

    /** As who wants to get on does it. */
    boolean wrapPlainly(Draw draw) throws SSLException {
        var room = Buffers.room(draw, engine.bare().getSession().getPacketBufferSize());
        return wrapped(Buffers.source(draw, says.next(ENOUGH)), room);
    }

    private boolean wrapped(Buffers sources, Buffers room) throws SSLException {
        var before = engine.status();
        var result = engine.wrap(sources, room);
        says.say(result.bytesConsumed());
        out.send(room.written());
        return isProgress(before, result);
    }

    private boolean isProgress(HandshakeStatus before, SSLEngineResult result) {
        return result.bytesConsumed() + result.bytesProduced() > 0 || engine.status() != before;
    }

    /** Whether it is asked to wrap, or has data that it may. */
    boolean hasToWrap() {
        var status = engine.status();
        if (status != HandshakeStatus.NOT_HANDSHAKING) return status == HandshakeStatus.NEED_WRAP;
        boolean begins = !engine.isEstablished() && !engine.bare().isOutboundDone();
        return begins || says.left() > 0;
    }

    void closeOutbound() {
        closing = true;
        says.end();
        engine.closeOutbound();
    }

    boolean closeInbound() {
        return engine.closeInbound();
    }

    /** The connection has failed at this end. */
    void giveUp() {
        says.end();
        closing = true;
    }

    /** Calls that change nothing. */
    void look() throws SSLException {
        var bare = engine.bare();
        bare.getSession().getCipherSuite();
        bare.getHandshakeSession();
        bare.getApplicationProtocol();
        bare.getHandshakeApplicationProtocol();
        bare.getSSLParameters();
    }

    /** A destination that cannot be written to; the engine has to be as it was. */
    boolean refusesReadOnly(Draw draw) throws SSLException {
        var before = Moment.of(engine.bare(), engine.isEstablished());
        var room = ByteBuffer.allocate(before.packetSize()).asReadOnlyBuffer();
        try {
            if (draw.oneIn(2)) engine.bare().wrap(ByteBuffer.wrap(says.next(10)), room);
            else engine.bare().unwrap(ByteBuffer.wrap(in.peek(1000)), room);
            return false;
        } catch (ReadOnlyBufferException expected) {
            return before.equals(Moment.of(engine.bare(), engine.isEstablished()));
        }
    }

    /** Does all it is asked to, and takes all that comes; whether anything came of it. */
    boolean proceed(Draw draw) throws SSLException {
        boolean moved = false;
        boolean more = true;
        while (more) {
            more = tasks.isHeld() || tasks.take();
            if (more) tasks.run(draw.oneIn(2));
            if (engine.bare().isOutboundDone()) says.end();
            if (hasToWrap()) more |= wrapPlainly(draw);
            in.deliver(Integer.MAX_VALUE);
            if (in.arrived() > 0) more |= unwrapPlainly(draw);
            moved |= more;
        }
        return moved;
    }

    /** Whether it has done what it wanted to and waits for nothing, or, if it has closed, for the other end at most. */
    boolean isContent() {
        boolean atRest = engine.status() == HandshakeStatus.NOT_HANDSHAKING
                || engine.bare().isOutboundDone() && engine.status() == HandshakeStatus.NEED_UNWRAP;
        return says.left() == 0 && !tasks.isHeld() && atRest;
    }
}
