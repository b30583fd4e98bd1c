package org.almosttls.engine;

import java.nio.ByteBuffer;
import java.util.Optional;
import org.almosttls.alert.AlertLevel;
import org.almosttls.alert.TlsAlertException;
import org.almosttls.alert.Violation;
import org.almosttls.config.TlsConfig;
import org.almosttls.event.Direction;
import org.almosttls.event.TlsEvent.AlertTransferred;
import org.almosttls.event.TlsEvent.ChangeCipherSpecTransferred;
import org.almosttls.event.TlsEvent.ClientIdentified;
import org.almosttls.event.TlsEvent.HandshakeCompleted;
import org.almosttls.event.TlsEvent.KeysChanged;
import org.almosttls.event.TlsEvent.MessageTransferred;
import org.almosttls.event.TlsEvent.MessageUndecoded;
import org.almosttls.handshake.Action;
import org.almosttls.handshake.Completion;
import org.almosttls.handshake.HandshakeState;
import org.almosttls.handshake.PeerProof;
import org.almosttls.handshake.Received;
import org.almosttls.handshake.Transition;
import org.almosttls.message.ChangeCipherSpec;
import org.almosttls.message.HandshakeDecoder;
import org.almosttls.message.HandshakeMessage;
import org.almosttls.record.HandshakeReassembler;
import org.almosttls.registry.ContentType;

/**
 * Feeds messages to the state of the handshake and performs what it wants done, in order. All of it under the inbound
 * lock; the outbound lock is taken where something is sent.
 */
final class HandshakeRunner {

    private static final byte[] NO_BYTES = {};
    private static final byte[] CHANGE_CIPHER_SPEC = {1};

    private final HandshakeReassembler reassembler = new HandshakeReassembler();
    private final TaskQueue tasks = new TaskQueue();
    private final Established established;
    private final Inbound inbound;
    private final Outbound outbound;
    private final Reporter reporter;
    private Position position = new Position(new NotStarted(), HandshakeDecoder.HELLOS);

    /** Where the handshake is: its state, and how the messages that may come are decoded. */
    private record Position(HandshakeState state, HandshakeDecoder decoder) {}

    /** Before the first transition, and after the last. */
    private static final class NotStarted implements HandshakeState {
        @Override
        public Transition receive(Received in) throws TlsAlertException {
            throw unexpected(in);
        }
    }

    HandshakeRunner(Inbound inbound, Outbound outbound, Established established, Reporter reporter) {
        this.inbound = inbound;
        this.outbound = outbound;
        this.established = established;
        this.reporter = reporter;
    }

    void perform(Transition transition) throws TlsAlertException {
        position = new Position(transition.next(), position.decoder);
        outbound.lock.lock();
        try {
            for (Action action : transition.actions()) perform(action);
        } finally {
            outbound.lock.unlock();
            transition.actions().forEach(this::erase);
        }
    }

    private void erase(Action action) {
        if (action instanceof Action.Erase erase) erase.secrets().close();
        if (action instanceof Action.Keep keep) keep.session().close();
        if (action instanceof Action.Export export && !established.exports(export.exporter()))
            export.exporter().close();
        if (action instanceof Action.RenewWrites renew && !outbound.isRenewedBy(renew.following()))
            renew.following().close();
    }

    /** Takes the content of a handshake record. */
    void onHandshake(ByteBuffer content) throws TlsAlertException {
        // RFC 5246 §6.2.1: zero-length fragments of handshake types are not allowed.
        Violation.EMPTY_FRAGMENT.unless(content.hasRemaining());
        reassembler.add(content);
        drain();
    }

    /** RFC 5246 §7.1, RFC 8446 §5: a single octet of value 1. */
    void onChangeCipherSpec(ByteBuffer content) throws TlsAlertException {
        int length = content.remaining();
        if (length != 1 || content.get() != 1)
            throw established.alerts().wrongChangeCipherSpec(length).exception();
        reporter.report(new ChangeCipherSpecTransferred(Direction.RECEIVED));
        perform(position.state.receive(new Received(new ChangeCipherSpec(), NO_BYTES, reassembler::aligned)));
    }

    /** This end wishes for another handshake; work that is outstanding is part of one. */
    void again() throws TlsAlertException {
        if (tasks.isOutstanding()) return;
        var begun = position.state.again();
        if (begun.isPresent()) perform(begun.get());
    }

    /** RFC 8446 §4.6.2: how it stands with asking the peer who it is. */
    PeerProof peerProof() {
        return position.state.peerProof();
    }

    /** Asks the peer who it is, if that can be; whether it owes an answer then. */
    boolean ask(TlsConfig wanted) throws TlsAlertException {
        if (peerProof() == PeerProof.POSSIBLE) perform(position.state.ask(wanted));
        return peerProof() == PeerProof.DUE;
    }

    /** Whether nothing can be received before work is done. */
    boolean isBlocked() {
        return tasks.isOutstanding() && !tasks.isAside();
    }

    /** The peer declines one (RFC 5246 §7.2.2); whether there was one that this end has wished for. */
    boolean declined() throws TlsAlertException {
        var settled = position.state.declined();
        if (settled.isPresent()) perform(settled.get());
        return settled.isPresent();
    }

    /** Whether data may come amid the messages that are spoken now. */
    boolean interleaves() {
        return position.decoder.interleaves();
    }

    void requireNoMessagePending() throws TlsAlertException {
        reassembler.requireNothingPending();
    }

    TaskQueue tasks() {
        return tasks;
    }

    /** Goes on with what delegated work came to, and with the messages that have waited for it. */
    void resume(Completion completion) throws TlsAlertException {
        tasks.finished();
        perform(resumed(completion));
        drain();
    }

    /** What the state makes of it; secrets that it does not take over are erased. */
    private Transition resumed(Completion completion) throws TlsAlertException {
        try {
            return position.state.resume(completion);
        } catch (TlsAlertException | RuntimeException | Error refused) {
            completion.close();
            throw refused;
        }
    }

    /**
     * Erases what the state holds, and what keys are exported from; nothing is received after this, so that neither work
     * nor a further handshake that was under way is waited for.
     */
    void close() {
        ends();
        established.endExports();
        stop();
    }

    /** The same while this end may go on to send: keys can still be exported. */
    void stop() {
        established.settle();
        tasks.finished();
        position.state.close();
        position = new Position(new NotStarted(), position.decoder);
    }

    private void drain() throws TlsAlertException {
        while (!tasks.isOutstanding()) {
            Optional<byte[]> bytes = reassembler.next();
            if (bytes.isEmpty()) return;
            HandshakeMessage message = decoded(bytes.get());
            reporter.report(new MessageTransferred(Direction.RECEIVED, message, bytes.get()));
            perform(position.state.receive(new Received(message, bytes.get(), reassembler::aligned)));
        }
        // What waits may be about the keys of all that comes behind it.
        if (!reassembler.isEmpty()) tasks.hold();
    }

    private HandshakeMessage decoded(byte[] bytes) throws TlsAlertException {
        try {
            return position.decoder.decode(bytes);
        } catch (TlsAlertException undecoded) {
            reassembler.forget();
            reporter.report(MessageUndecoded.of(Direction.RECEIVED, bytes, Optional.of(undecoded)));
            throw undecoded;
        }
    }

    /** The connection is over by what is wrong: tells of the message that is so, if it is one and was not told. */
    void endsBy(TlsAlertException wrong) {
        Optional<TlsAlertException> why = switch (wrong.violation()) {
            case MESSAGE_TOO_LONG, MESSAGE_INTERLEAVED, MESSAGE_ACROSS_KEYS -> Optional.of(wrong);
            default -> Optional.empty();
        };
        ends(why);
    }

    /** The connection is over: tells of a message of which only a part came. */
    void ends() {
        ends(Optional.empty());
    }

    /** What is whole waited for its turn, and nothing is wrong with it unless something is said to be. */
    private void ends(Optional<TlsAlertException> why) {
        var begun = reassembler.forget();
        if (begun.isEmpty() || why.isEmpty() && begun.get().isWhole()) return;
        reporter.report(new MessageUndecoded(
                Direction.RECEIVED, begun.get().header(), begun.get().octets(), why));
    }

    private void perform(Action action) throws TlsAlertException {
        if (action instanceof Action.Send send) {
            outbound.addHandshake(send.message().bytes());
            reporter.report(new MessageTransferred(
                    Direction.SENT, send.message().message(), send.message().bytes()));
        } else if (action instanceof Action.Answer answer) {
            if (!outbound.isClosing()) for (var message : answer.messages().get()) perform(new Action.Send(message));
        } else if (action instanceof Action.SendChangeCipherSpec) {
            outbound.add(ContentType.CHANGE_CIPHER_SPEC, CHANGE_CIPHER_SPEC.clone());
            reporter.report(new ChangeCipherSpecTransferred(Direction.SENT));
        } else if (action instanceof Action.Warn warn) {
            outbound.addAlert(AlertLevel.WARNING, warn.description());
            reporter.report(new AlertTransferred(Direction.SENT, AlertLevel.WARNING, warn.description()));
        } else if (action instanceof Action.Delegate delegate) {
            tasks.add(delegate.work(), delegate.aside());
        } else if (action instanceof Action.Report report) {
            reporter.report(report.event());
        } else {
            change(action);
        }
    }

    private void change(Action action) throws TlsAlertException {
        if (action instanceof Action.ProtectReads reads) {
            inbound.protect(reads.protection());
            established.awaitFinished();
            established.early().end();
            reporter.report(new KeysChanged(Direction.RECEIVED));
        } else if (action instanceof Action.ProtectWrites writes) {
            outbound.protect(writes.protection());
            reporter.report(new KeysChanged(Direction.SENT));
        } else if (action instanceof Action.UpdateReads reads) {
            inbound.protect(reads.protection());
            reporter.report(new KeysChanged(Direction.RECEIVED));
        } else if (action instanceof Action.RenewWrites renew) {
            outbound.renewBy(renew.following());
        } else if (action instanceof Action.UpdateWrites update) {
            outbound.updateKeys(update.requestsToo());
        } else {
            settle(action);
        }
    }

    /** What the handshake comes to. */
    private void settle(Action action) throws TlsAlertException {
        if (action instanceof Action.Associate associate) {
            established.associate(associate.sessionId());
        } else if (action instanceof Action.Keep keep) {
            established.keep(keep.session());
        } else if (action instanceof Action.Export export) {
            established.export(export.exporter());
        } else if (action instanceof Action.Establish establish) {
            established.set(establish.session());
            inbound.releaseScratch();
            reporter.report(new HandshakeCompleted(establish.session()));
        } else if (action instanceof Action.AwaitProof) {
            established.reopen();
            established.awaitFinished();
        } else if (action instanceof Action.Identify identify) {
            established.set(identify.session());
            inbound.releaseScratch();
            reporter.report(new ClientIdentified(identify.session()));
        } else {
            turn(action);
        }
    }

    /** What both ends say from now on, and how, is another. */
    private void turn(Action action) throws TlsAlertException {
        if (action instanceof Action.Decode decode) {
            position = new Position(position.state, decode.decoder());
        } else if (action instanceof Action.UseAlerts use) {
            established.use(use.alerts());
        } else if (action instanceof Action.ExpectRecords expected) {
            inbound.expect(expected.versions());
        } else if (action instanceof Action.FixRecordVersion fix) {
            inbound.agreeVersion(fix.version());
            outbound.fixVersion(fix.version());
        } else if (action instanceof Action.FixSentVersion fix) {
            outbound.fixVersion(fix.version());
        } else if (action instanceof Action.LimitSent limit) {
            outbound.limit(limit.plaintext());
        } else if (action instanceof Action.LimitRecords limit) {
            inbound.limit(limit.plaintext());
            outbound.limit(limit.plaintext());
        } else if (action instanceof Action.SkipEarlyData) {
            inbound.skipEarlyData();
        } else if (action instanceof Action.SendEarlyData early) {
            outbound.addEarly(early.data());
        } else if (action instanceof Action.TakeEarlyData early) {
            established.early().open(early.most());
        } else if (action instanceof Action.Beat beat) {
            established.heart().agree(beat.takes(), beat.asks());
        } else if (action instanceof Action.Reopen) {
            established.reopen();
        } else if (action instanceof Action.Settle) {
            established.settle();
        } else if (!(action instanceof Action.Erase)) {
            throw new IllegalStateException("nobody performs " + action);
        }
    }
}
