package org.almosttls.handshake;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Supplier;
import java.util.function.UnaryOperator;
import org.almosttls.alert.AlertDescription;
import org.almosttls.alert.AlertProtocol;
import org.almosttls.config.KeyExporter;
import org.almosttls.config.NegotiatedSession;
import org.almosttls.config.ResumableSession;
import org.almosttls.event.TlsEvent;
import org.almosttls.message.EncodedMessage;
import org.almosttls.message.HandshakeDecoder;
import org.almosttls.record.Aligned;
import org.almosttls.record.NextProtection;
import org.almosttls.record.RecordProtection;
import org.almosttls.record.RecordVersions;

/** The next state, and what to do on the way there, in order. */
public final class Transition {

    private final HandshakeState next;
    private final List<Action> actions = new ArrayList<>();

    private Transition(HandshakeState next) {
        this.next = next;
    }

    public static Transition to(HandshakeState next) {
        return new Transition(next);
    }

    /** The same actions on the way to another state, which {@code wrap} makes of the next one. */
    public Transition wrapping(UnaryOperator<HandshakeState> wrap) {
        var wrapped = new Transition(wrap.apply(next));
        wrapped.actions.addAll(actions);
        return wrapped;
    }

    public HandshakeState next() {
        return next;
    }

    public List<Action> actions() {
        return List.copyOf(actions);
    }

    public Transition send(EncodedMessage message) {
        return plus(new Action.Send(message));
    }

    public Transition sendChangeCipherSpec() {
        return plus(new Action.SendChangeCipherSpec());
    }

    public Transition warn(AlertDescription description) {
        return plus(new Action.Warn(description));
    }

    public Transition protectReads(RecordProtection protection, Aligned proof) {
        return plus(new Action.ProtectReads(protection, proof));
    }

    public Transition protectWrites(RecordProtection protection) {
        return plus(new Action.ProtectWrites(protection));
    }

    public Transition updateReads(RecordProtection protection, Aligned proof) {
        return plus(new Action.UpdateReads(protection, proof));
    }

    public Transition renewWrites(NextProtection following) {
        return plus(new Action.RenewWrites(following));
    }

    public Transition updateWrites(boolean requestsToo) {
        return plus(new Action.UpdateWrites(requestsToo));
    }

    public Transition decode(HandshakeDecoder decoder) {
        return plus(new Action.Decode(decoder));
    }

    public Transition fixRecordVersion(int version) {
        return plus(new Action.FixRecordVersion(version));
    }

    public Transition fixSentVersion(int version) {
        return plus(new Action.FixSentVersion(version));
    }

    public Transition expectRecords(RecordVersions versions) {
        return plus(new Action.ExpectRecords(versions));
    }

    public Transition skipEarlyData() {
        return plus(new Action.SkipEarlyData());
    }

    public Transition sendEarlyData(byte[] data) {
        return plus(new Action.SendEarlyData(data));
    }

    public Transition takeEarlyData(long most) {
        return plus(new Action.TakeEarlyData(most));
    }

    public Transition limitRecords(int plaintext) {
        return plus(new Action.LimitRecords(plaintext));
    }

    public Transition limitSent(int plaintext) {
        return plus(new Action.LimitSent(plaintext));
    }

    public Transition beat(boolean takes, boolean asks) {
        return plus(new Action.Beat(takes, asks));
    }

    public Transition useAlerts(AlertProtocol alerts) {
        return plus(new Action.UseAlerts(alerts));
    }

    public Transition delegate(Action.Work work) {
        return plus(new Action.Delegate(work, false));
    }

    public Transition delegateAside(Action.Work work) {
        return plus(new Action.Delegate(work, true));
    }

    public Transition answer(Supplier<List<EncodedMessage>> messages) {
        return plus(new Action.Answer(messages));
    }

    public Transition awaitProof() {
        return plus(new Action.AwaitProof());
    }

    public Transition identify(NegotiatedSession session) {
        return plus(new Action.Identify(session));
    }

    public Transition erase(Completion secrets) {
        return plus(new Action.Erase(secrets));
    }

    public Transition associate(byte[] sessionId) {
        return plus(new Action.Associate(sessionId));
    }

    public Transition keep(ResumableSession session) {
        return plus(new Action.Keep(session));
    }

    public Transition export(KeyExporter exporter) {
        return plus(new Action.Export(exporter));
    }

    public Transition report(TlsEvent event) {
        return plus(new Action.Report(event));
    }

    public Transition establish(NegotiatedSession session) {
        return plus(new Action.Establish(session));
    }

    public Transition reopen() {
        return plus(new Action.Reopen());
    }

    public Transition settle() {
        return plus(new Action.Settle());
    }

    private Transition plus(Action action) {
        actions.add(action);
        return this;
    }
}
