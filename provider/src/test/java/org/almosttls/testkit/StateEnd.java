package org.almosttls.testkit;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import org.almosttls.alert.TlsAlertException;
import org.almosttls.config.NegotiatedSession;
import org.almosttls.config.NextHandshake;
import org.almosttls.config.SessionStore;
import org.almosttls.config.TlsConfig;
import org.almosttls.event.TlsEvent;
import org.almosttls.handshake.Action;
import org.almosttls.handshake.HandshakeState;
import org.almosttls.handshake.Received;
import org.almosttls.handshake.Transition;
import org.almosttls.handshake.hello.Handshakes;
import org.almosttls.message.ChangeCipherSpec;
import org.almosttls.message.EncodedMessage;
import org.almosttls.message.HandshakeDecoder;
import org.almosttls.record.HandshakeReassembler;
import org.almosttls.record.RecordProtection;

/** The states of one end without a connection: does what they want done at once, and keeps all of it. */
public final class StateEnd {

    private final List<Action> actions = new ArrayList<>();
    private final Deque<Flying> outbox = new ArrayDeque<>();
    private final SessionStore sessions;
    private final NextHandshake next;
    private HandshakeState state;
    private HandshakeDecoder decoder;

    /** A message on its way: a handshake message's bytes, or none for ChangeCipherSpec. */
    public record Flying(byte[] bytes) {

        public static final Flying CHANGE_CIPHER_SPEC = new Flying(new byte[0]);

        public boolean isChangeCipherSpec() {
            return bytes.length == 0;
        }
    }

    public StateEnd(TlsConfig config) throws TlsAlertException {
        this(config, NextHandshake.like(config));
    }

    /** @param next for the handshakes after the first */
    public StateEnd(TlsConfig config, NextHandshake next) throws TlsAlertException {
        sessions = config.sessions();
        this.next = next;
        perform(Handshakes.begin(config, next));
    }

    public HandshakeState state() {
        return state;
    }

    public HandshakeDecoder decoder() {
        return decoder;
    }

    /** Everything that was to be done so far, in order. */
    public List<Action> actions() {
        return List.copyOf(actions);
    }

    public <A extends Action> List<A> actions(Class<A> kind) {
        return actions.stream().filter(kind::isInstance).map(kind::cast).toList();
    }

    public Deque<Flying> outbox() {
        return outbox;
    }

    public Optional<NegotiatedSession> session() {
        return actions(Action.Establish.class).stream()
                .map(Action.Establish::session)
                .findFirst();
    }

    /** The last that came of asking who the client is. */
    public Optional<NegotiatedSession> identified() {
        return actions(Action.Identify.class).stream()
                .map(Action.Identify::session)
                .reduce((first, last) -> last);
    }

    public TlsEvent.SecretDerived secret() {
        return actions(Action.Report.class).stream()
                .map(report -> (TlsEvent.SecretDerived) report.event())
                .findFirst()
                .orElseThrow();
    }

    public RecordProtection writing() {
        return actions(Action.ProtectWrites.class).get(0).protection();
    }

    public RecordProtection reading() {
        return actions(Action.ProtectReads.class).get(0).protection();
    }

    /** Wishes for another handshake; whether one is under way then. */
    public boolean renegotiate() throws TlsAlertException {
        var begun = state.again();
        if (begun.isPresent()) perform(begun.get());
        return begun.isPresent();
    }

    /** Asks the other end who it is. */
    public void ask() throws TlsAlertException {
        perform(state.ask(next.late()));
    }

    /** Is told no_renegotiation. */
    public void decline() throws TlsAlertException {
        var settled = state.declined();
        if (settled.isPresent()) perform(settled.get());
    }

    public void receive(Flying flying) throws TlsAlertException {
        var message = flying.isChangeCipherSpec() ? new ChangeCipherSpec() : decoder.decode(flying.bytes());
        perform(state.receive(new Received(message, flying.bytes(), new HandshakeReassembler()::aligned)));
    }

    private void perform(Transition transition) throws TlsAlertException {
        state = transition.next();
        for (var action : transition.actions()) perform(action);
    }

    private void perform(Action action) throws TlsAlertException {
        actions.add(action);
        if (action instanceof Action.Send send) outbox.add(flying(send.message()));
        if (action instanceof Action.Answer answer) answer.messages().get().forEach(each -> outbox.add(flying(each)));
        if (action instanceof Action.SendChangeCipherSpec) outbox.add(Flying.CHANGE_CIPHER_SPEC);
        if (action instanceof Action.Decode decode) decoder = decode.decoder();
        if (action instanceof Action.Keep keep) {
            sessions.keep(keep.session());
            keep.session().close();
        }
        if (action instanceof Action.Delegate delegate)
            perform(state.resume(delegate.work().run()));
    }

    private static Flying flying(EncodedMessage message) {
        return new Flying(message.bytes());
    }
}
