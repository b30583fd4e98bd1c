package org.almosttls.engine;

import java.lang.ref.Cleaner;
import java.nio.ByteBuffer;
import java.util.Optional;
import org.almosttls.alert.AlertDescription;
import org.almosttls.alert.AlertLevel;
import org.almosttls.alert.AlertProtocol;
import org.almosttls.alert.TlsAlertException;
import org.almosttls.alert.Violation;
import org.almosttls.config.KeyExporter;
import org.almosttls.config.NegotiatedSession;
import org.almosttls.config.NextHandshake;
import org.almosttls.config.TlsConfig;
import org.almosttls.event.Direction;
import org.almosttls.event.Endpoint;
import org.almosttls.event.TlsEvent;
import org.almosttls.event.TlsEvent.AlertTransferred;
import org.almosttls.event.TlsEvent.Ending;
import org.almosttls.event.TlsEventListener;
import org.almosttls.handshake.Action.Work;
import org.almosttls.handshake.Completion;
import org.almosttls.handshake.hello.Handshakes;
import org.almosttls.record.PlainProtection;
import org.almosttls.record.RecordReader;
import org.almosttls.registry.ContentType;

/**
 * One TLS connection, without its transport. One thread may receive while another sends; no call blocks but for the
 * locks, and delegated tasks run outside of them. The only place that answers a violation.
 */
public final class TlsConnection {

    /** The most octets of application data in one record (RFC 5246 §6.2.1). */
    public static final int MAX_PLAINTEXT = RecordReader.MAX_PLAINTEXT;

    /** The most octets of one record on the network: header, 2^14 + 2048 (RFC 5246 §6.2.3). */
    public static final int MAX_RECORD = RecordReader.HEADER_LENGTH + RecordReader.MAX_FRAGMENT;

    private static final Cleaner CLEANER = Cleaner.create();

    /** RFC 5246 §E.1: what the first record says before anything is agreed; old servers know no higher number. */
    private static final int FIRST_RECORD_VERSION = 0x0301;

    private final TlsEvent.Opened opening;
    private final Reporter reporter;
    private final Inbound inbound;
    private final Outbound outbound;
    private final HandshakeRunner handshake;
    private final Established established;
    private final Life life;

    public TlsConnection(
            TlsConfig config, TlsEventListener listener, Optional<Endpoint> local, Optional<Endpoint> peer) {
        this(config, NextHandshake.like(config), listener, local, peer);
    }

    /** @param next for handshakes after the first */
    public TlsConnection(
            TlsConfig config,
            NextHandshake next,
            TlsEventListener listener,
            Optional<Endpoint> local,
            Optional<Endpoint> peer) {
        life = new Life(next, config);
        opening = new TlsEvent.Opened(config, local, peer);
        reporter = new Reporter(listener, config.clock());
        established = new Established(config.sessions(), new Heart(config::randomOctets, reporter));
        inbound = new Inbound(new PlainProtection(FIRST_RECORD_VERSION), reporter);
        outbound = new Outbound(new PlainProtection(FIRST_RECORD_VERSION), reporter, config.recordSizes());
        handshake = new HandshakeRunner(inbound, outbound, established, reporter);
    }

    /** Begins the handshake; does nothing if it has begun. */
    public void start() throws TlsAlertException {
        if (life.isStarted()) return;
        inbound.lock.lock();
        try {
            if (life.isStarted() || inbound.isClosed()) return;
            life.start();
            reporter.report(opening);
            if (reporter.wants(TlsEventListener.Kind.HANDSHAKE)) CLEANER.register(this, lastWord());
            handshake.perform(Handshakes.begin(opening.config(), life.next()));
        } catch (TlsAlertException | RuntimeException | Error wrong) {
            throw failing(wrong);
        } finally {
            inbound.lock.unlock();
        }
    }

    /**
     * Asks for another handshake (RFC 5246 §7.4.1.1, RFC 5746), during which application data goes on to flow. Does
     * nothing if one is under way, or it is not enabled, or the peer is not one to do it with in safety.
     */
    public void renegotiate() throws TlsAlertException {
        life.throwUntold();
        inbound.lock.lock();
        try {
            life.floods().onOwnWish();
            if (!inbound.isClosed() && !outbound.isClosing()) handshake.again();
        } catch (TlsAlertException | RuntimeException | Error wrong) {
            throw failing(wrong);
        } finally {
            inbound.lock.unlock();
        }
    }

    /** RFC 6520: whether the peer is alive. */
    public Pulse pulse() {
        return new Pulse(inbound, outbound, established, () -> fail(Violation.HEARTBEAT_UNANSWERED.exception()));
    }

    /** RFC 8446 §4.6.2: who the client is. */
    public Inquiry inquiry() {
        return new Inquiry(inbound, outbound, handshake, life, this::failing);
    }

    /** Whether a handshake is under way, or asked for; or either end is saying, after one, who the client is. */
    public boolean isHandshaking() {
        return !established.isSettled() || handshake.tasks().isOutstanding();
    }

    /** What this connection needs next. */
    public ConnectionStatus status() {
        if (outbound.isPending()) return ConnectionStatus.NEED_SEND;
        if (inbound.isClosed() && outbound.isClosing()) return ConnectionStatus.CLOSED;
        if (!life.isStarted()) return ConnectionStatus.NOT_STARTED;
        if (handshake.tasks().isDue()) return ConnectionStatus.NEED_TASK;
        return established.isSettled() ? ConnectionStatus.READY : ConnectionStatus.NEED_RECEIVE;
    }

    /**
     * Whether the handshake has finished since this was last asked, and nothing of it waits to be sent: true exactly
     * once per handshake.
     */
    public boolean takeFinished() {
        return isFinishedUntold() && established.tell();
    }

    /** Whether {@link #takeFinished} would be true now. */
    public boolean isFinishedUntold() {
        return established.isUntold() && !outbound.isPending();
    }

    /**
     * Consumes at most one record from {@code network} and puts its application data, if any, into the buffers.
     * Consumes nothing while a task is outstanding, unless data does not have to wait for it (RFC 8446 §4.6.2).
     *
     * @throws TlsAlertException once, when this end notices a violation (its alert then waits to be sent), also one
     *     that a task has noticed
     * @throws PeerAlertException once, when a fatal alert comes
     */
    public Progress receive(ByteBuffer network, ByteBuffer[] application, int offset, int length)
            throws TlsAlertException, PeerAlertException {
        life.throwUntold();
        start();
        inbound.lock.lock();
        try {
            if (inbound.isClosed()) return Progress.CLOSED;
            if (handshake.isBlocked()) return Progress.DONE;
            if (!inbound.find(network)) return Progress.NEED_INPUT;
            if (inbound.outerType() == ContentType.APPLICATION_DATA && established.receivesData())
                return receiveData(network, application, offset, length);
            receiveControl(network);
            return Progress.DONE;
        } catch (TlsAlertException | RuntimeException | Error wrong) {
            throw failing(wrong);
        } finally {
            inbound.lock.unlock();
        }
    }

    /**
     * Sends at most one record: what waits to be sent first, then application data once the handshake is finished.
     * While the handshake still needs something else, nothing is consumed or produced and the answer is DONE.
     *
     * @throws TlsAlertException once, for a violation that a task has noticed
     */
    public Progress send(ByteBuffer[] application, int offset, int length, ByteBuffer network)
            throws TlsAlertException {
        life.throwUntold();
        start();
        try {
            return sendLocked(application, offset, length, network);
        } catch (TlsAlertException | RuntimeException | Error wrong) {
            throw failing(wrong);
        }
    }

    /** Work to run on any thread, at most one at a time; nothing if there is none or it was handed out already. */
    public Optional<Runnable> nextTask() {
        inbound.lock.lock();
        try {
            return handshake.tasks().handOut().map(work -> () -> run(work));
        } finally {
            inbound.lock.unlock();
        }
    }

    /**
     * Says close_notify to the peer when all that waits is sent; application data is not taken any more. A handshake
     * that is still going on is cancelled (RFC 5246 §7.2.2: user_canceled, then close_notify). What the peer still sends
     * can be received; the connection is over for its listeners when that ends, or by {@link #conclude}.
     */
    public void closeOutbound() {
        inbound.lock.lock();
        outbound.lock.lock();
        try {
            if (outbound.isClosing()) return;
            boolean begun = life.isStarted();
            if (begun && established.session().isEmpty()) warn(AlertDescription.USER_CANCELED);
            if (begun) warn(AlertDescription.CLOSE_NOTIFY);
            outbound.close();
            if (established.session().isEmpty() || inbound.isClosed()) closeReceiving();
            if (begun && inbound.isClosed()) lastWord().run();
        } finally {
            outbound.lock.unlock();
            inbound.lock.unlock();
        }
    }

    /**
     * The transport has no more input.
     *
     * @return whether that was to be expected: both ends have said close_notify, or this one has where that is for both
     *     (before TLS 1.3), or a fatal alert ended the connection, or it never began, or its protocol has no other end
     * @throws TlsAlertException STREAM_CUT_OFF in a protocol without closure, if the last record is not complete
     */
    public boolean closeInbound() throws TlsAlertException {
        inbound.lock.lock();
        try {
            if (inbound.isClosed()) return true;
            if (!alerts().hasClosure() && established.session().isPresent()) return closeWithoutClosure();
            boolean over = outbound.isClosing() || !life.isStarted();
            closeReceiving();
            if (life.isStarted()) lastWord().close(over ? Ending.CLOSE_NOTIFY : Ending.TRUNCATED);
            if (!over && established.session().isEmpty()) established.forget();
            if (established.session().isEmpty()) closeSending();
            // RFC 8446 §6.1: who has said that it is done may yet be owed data.
            return over && !established.alerts().closesOneWay();
        } finally {
            inbound.lock.unlock();
        }
    }

    /** AlmostTLSv1 §8: a record that is not complete is all that gives a cut away; this end may go on sending. */
    private boolean closeWithoutClosure() throws TlsAlertException {
        if (inbound.isCutOff()) throw fail(Violation.STREAM_CUT_OFF.exception());
        closeReceiving();
        if (outbound.isClosing()) lastWord().run();
        return true;
    }

    /** Tells the listeners that this connection is not begun at all, and why; nothing is sent. */
    public void refuse(TlsAlertException why) {
        inbound.lock.lock();
        try {
            life.start();
            reporter.report(opening);
            reporter.report(new TlsEvent.Failed(why));
            closeReceiving();
            closeSending();
            lastWord().close(Ending.FAILED);
        } finally {
            inbound.lock.unlock();
        }
    }

    /** What the ends can say of the connection's end; where they cannot, the transport's end must do. */
    public AlertProtocol alerts() {
        return established.alerts();
    }

    /** Tells the listeners that the connection is over, whatever may still be received of it. */
    public void conclude() {
        if (life.isStarted()) lastWord().run();
    }

    /** The transport is gone: nothing will be sent or received; secrets are erased, and listeners told. */
    public void abandon() {
        inbound.lock.lock();
        try {
            if (!outbound.isClosing() && established.session().isEmpty()) established.forget();
            handshake.ends();
            if (life.isStarted()) lastWord().run();
            closeReceiving();
            closeSending();
        } finally {
            inbound.lock.unlock();
        }
    }

    public boolean isInboundClosed() {
        return inbound.isClosed();
    }

    /** Whether no application data can be sent any more; close_notify may still wait to be sent. */
    public boolean isOutboundClosed() {
        return outbound.isClosing();
    }

    /** What the handshake agreed on, once it is finished. */
    public Optional<NegotiatedSession> session() {
        return established.session();
    }

    /** RFC 8446 §2.3: the early data that has come since this was last asked, if this end takes any. */
    public byte[] takeEarlyData() {
        return established.early().take();
    }

    /** What makes keys for the application (RFC 5705), between the handshake and the end of the connection. */
    public Optional<KeyExporter> exporter() {
        return established.exporter();
    }

    /** How many octets {@code network} lacks before more can be done than judge a header; 0 if a record is there. */
    public int missing(ByteBuffer network) {
        return inbound.missing(network);
    }

    private Progress receiveData(ByteBuffer network, ByteBuffer[] application, int offset, int length)
            throws TlsAlertException, PeerAlertException {
        if (Scatter.room(application, offset, length) < inbound.contentBound()) return Progress.NEED_ROOM;
        int first = Scatter.firstWithRoom(application, offset, length);
        boolean direct = length > 0 && inbound.fits(application[first]);
        ByteBuffer destination = direct ? application[first] : inbound.scratch();
        int start = destination.position();
        var type = inbound.open(network, destination);
        int octets = destination.position() - start;
        if (type != ContentType.APPLICATION_DATA) {
            onControl(type, Scatter.takeBack(destination, start));
            return Progress.DONE;
        }
        // RFC 5246 §6.2.1: data is taken wherever it comes in a handshake after the first, also amid a message.
        if (!life.interleaves() || !handshake.interleaves()) handshake.requireNoMessagePending();
        inbound.counter().add(octets);
        life.floods().onData(octets);
        if (!direct) Scatter.put(destination.flip(), application, offset, length);
        return Progress.DONE;
    }

    private void receiveControl(ByteBuffer network) throws TlsAlertException, PeerAlertException {
        if (inbound.passesOver(network)) return;
        var content = inbound.scratch();
        var type = inbound.open(network, content);
        onControl(type, content.flip());
    }

    private void onControl(ContentType type, ByteBuffer content) throws TlsAlertException, PeerAlertException {
        if (type != ContentType.HANDSHAKE && type != ContentType.ALERT) handshake.requireNoMessagePending();
        life.floods().onControl(type, established.isSettled());
        switch (type) {
            case HANDSHAKE -> handshake.onHandshake(content);
            case CHANGE_CIPHER_SPEC -> handshake.onChangeCipherSpec(content);
            case ALERT -> onAlert(content);
            case APPLICATION_DATA -> life.floods().onData(established.early().add(content, inbound.counter()));
            case HEARTBEAT -> onHeartbeat(content);
            default -> throw new IllegalStateException("content type " + type);
        }
    }

    private void onHeartbeat(ByteBuffer content) throws TlsAlertException {
        boolean good = established.heart().onRecord(content, established.isSettled(), outbound);
        if (!good) life.floods().onDiscarded();
    }

    /** RFC 5246 §7.2: a warning is counted, close_notify closes, anything fatal ends the connection. */
    private void onAlert(ByteBuffer content) throws TlsAlertException, PeerAlertException {
        var alert = ReceivedAlert.decode(content, established.alerts());
        var description = alert.description();
        reporter.report(new AlertTransferred(Direction.RECEIVED, alert.level(), description));
        boolean fatal = established.alerts().isError(alert.level() == AlertLevel.FATAL, description);
        if (fatal) established.forget();
        if (description.equals(AlertDescription.CLOSE_NOTIFY)) {
            onCloseNotify();
        } else if (fatal) {
            closeReceiving();
            lastWord().close(Ending.ALERT_RECEIVED);
            closeSending();
            throw new PeerAlertException(description);
        } else if (!description.equals(AlertDescription.NO_RENEGOTIATION) || !handshake.declined()) {
            life.floods().onWarning();
        }
    }

    /** RFC 5246 §7.2.1: answer with close_notify, discarding what waits; RFC 8446 §6.1: what this end sends goes on. */
    private void onCloseNotify() throws PeerAlertException {
        boolean premature = established.session().isEmpty() && !outbound.isClosing();
        if (!premature && !outbound.isClosing() && established.alerts().closesOneWay()) {
            inbound.close();
            handshake.stop();
            return;
        }
        outbound.lock.lock();
        try {
            if (!outbound.isClosing()) outbound.discardPending();
            warn(AlertDescription.CLOSE_NOTIFY);
            outbound.close();
        } finally {
            outbound.lock.unlock();
        }
        closeReceiving();
        lastWord().close(premature ? Ending.ALERT_RECEIVED : Ending.CLOSE_NOTIFY);
        if (premature) throw new PeerAlertException(AlertDescription.CLOSE_NOTIFY);
    }

    private Progress sendLocked(ByteBuffer[] application, int offset, int length, ByteBuffer network)
            throws TlsAlertException {
        outbound.lock.lock();
        try {
            if (outbound.isPending()) return outbound.sendPending(network);
            if (outbound.isClosing()) return Progress.CLOSED;
            if (established.session().isEmpty()) return Progress.DONE;
            return outbound.sendData(application, offset, length, network);
        } finally {
            outbound.lock.unlock();
        }
    }

    private void run(Work work) {
        Optional<Completion> done = Optional.empty();
        Optional<TlsAlertException> failure = Optional.empty();
        try {
            done = Optional.of(work.run());
        } catch (TlsAlertException | RuntimeException | Error broken) {
            // Errors too: work that never comes to an end would leave its connection waiting for ever.
            failure = Optional.of(Violation.of(broken));
        }
        inbound.lock.lock();
        try {
            if (inbound.isClosed()) {
                done.ifPresent(Completion::close);
                return;
            }
            if (failure.isPresent()) throw failure.get();
            handshake.resume(done.orElseThrow());
        } catch (TlsAlertException | RuntimeException | Error broken) {
            life.leaveUntold(fail(Violation.of(broken)));
        } finally {
            inbound.lock.unlock();
        }
    }

    /** What to throw for whatever went wrong; an error is thrown as it is. */
    private TlsAlertException failing(Throwable wrong) {
        var failed = fail(Violation.of(wrong));
        if (wrong instanceof Error grave) throw grave;
        return failed;
    }

    /** RFC 5246 §7.2.2: sends the fatal alert next, and forgets everything else. */
    private TlsAlertException fail(TlsAlertException violation) {
        inbound.lock.lock();
        outbound.lock.lock();
        try {
            established.forget();
            handshake.endsBy(violation);
            reporter.report(new TlsEvent.Failed(violation));
            outbound.discardMessages();
            if (!outbound.isClosing()) {
                var alert = established.alerts().toSay(violation.violation().alert());
                outbound.addAlert(AlertLevel.FATAL, alert);
                reporter.report(new AlertTransferred(Direction.SENT, AlertLevel.FATAL, alert));
            }
            outbound.close();
            lastWord().close(Ending.FAILED);
            closeReceiving();
            return violation;
        } finally {
            outbound.lock.unlock();
            inbound.lock.unlock();
        }
    }

    private void warn(AlertDescription description) {
        if (outbound.isClosing() || !established.alerts().hasClosure()) return;
        outbound.addAlert(AlertLevel.WARNING, description);
        reporter.report(new AlertTransferred(Direction.SENT, AlertLevel.WARNING, description));
    }

    private void closeReceiving() {
        inbound.close();
        handshake.close();
    }

    private void closeSending() {
        outbound.lock.lock();
        try {
            outbound.discardPending();
            outbound.close();
        } finally {
            outbound.lock.unlock();
        }
    }

    private LastWord lastWord() {
        return new LastWord(reporter, inbound.counter(), outbound.counter(), established.alertsAlone());
    }
}
