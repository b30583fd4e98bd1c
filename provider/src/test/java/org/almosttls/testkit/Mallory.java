package org.almosttls.testkit;

import java.io.IOException;
import java.net.Socket;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.function.UnaryOperator;
import org.almosttls.alert.TlsAlertException;
import org.almosttls.config.NextHandshake;
import org.almosttls.config.TlsConfig;
import org.almosttls.event.TlsEvent.SecretDerived;
import org.almosttls.handshake.Action;
import org.almosttls.handshake.HandshakeState;
import org.almosttls.handshake.Received;
import org.almosttls.handshake.Transition;
import org.almosttls.handshake.hello.Handshakes;
import org.almosttls.message.ChangeCipherSpec;
import org.almosttls.message.EncodedMessage;
import org.almosttls.message.HandshakeDecoder;
import org.almosttls.message.HandshakeMessage;
import org.almosttls.record.HandshakeReassembler;
import org.almosttls.record.PlainProtection;
import org.almosttls.registry.ContentType;
import org.almosttls.registry.HandshakeType;
import org.almosttls.testkit.RecordsOverSocket.Opened;

/**
 * A peer on a plain socket who knows the protocol, commits one misdeed, has more to say at once that nobody should read,
 * and then listens until the stream ends.
 */
public final class Mallory {

    /** Octets; more than a victim reads of its own accord. */
    private static final int MORE = 60_000;

    private final Plan plan = new Plan();
    private final List<byte[]> alerts = new ArrayList<>();
    private final HandshakeReassembler reassembler = new HandshakeReassembler();
    private final TlsConfig config;
    private final RecordsOverSocket records;
    private HandshakeState state;
    private HandshakeDecoder decoder;

    /** What is done at some point. */
    @FunctionalInterface
    public interface Script {
        void run(Mallory mallory) throws Exception;
    }

    /** What is to be done, and whether it was. */
    private static final class Plan {
        private Function<HandshakeMessage, Optional<byte[]>> saying = message -> Optional.empty();
        private Script onceConnected = mallory -> {};
        private boolean committed;
        private int more = MORE;

        private Script takeOnceConnected() {
            var script = onceConnected;
            onceConnected = mallory -> {};
            return script;
        }
    }

    public Mallory(TlsConfig config, Socket socket) throws IOException {
        this.config = config;
        this.records = new RecordsOverSocket(socket);
    }

    /** The next message of kind {@code M} is what {@code change} makes of it. */
    public <M extends HandshakeMessage> Mallory changing(Class<M> kind, Function<M, HandshakeMessage> change) {
        return changing(kind, message -> true, change);
    }

    /** The next of them of which this is true. */
    public <M extends HandshakeMessage> Mallory changing(
            Class<M> kind, Predicate<M> which, Function<M, HandshakeMessage> change) {
        plan.saying = message -> Optional.of(message)
                .filter(kind::isInstance)
                .map(kind::cast)
                .filter(which)
                .map(it -> EncodedMessage.of(change.apply(it)).bytes());
        return this;
    }

    /** The octets of the next message of this type are what {@code change} makes of them. */
    public Mallory garbling(HandshakeType type, UnaryOperator<byte[]> change) {
        plan.saying = message -> Optional.of(message)
                .filter(it -> it.type() == type)
                .map(it -> change.apply(EncodedMessage.of(it).bytes()));
        return this;
    }

    /** Instead of the next message of this type, this happens. */
    public Mallory insteadOf(HandshakeType type, Script misdeed) {
        plan.saying = message -> {
            if (message.type() != type) return Optional.empty();
            run(misdeed);
            return Optional.of(new byte[0]);
        };
        return this;
    }

    /** After the handshake this happens. */
    public Mallory onceConnected(Script misdeed) {
        plan.onceConnected = misdeed;
        return this;
    }

    /** Says this under the present keys, and has said the worst. */
    public Mallory say(ContentType type, byte... content) throws TlsAlertException {
        return sayRaw(seal(type, content));
    }

    /** The same, as it is. */
    public Mallory sayRaw(byte... octets) {
        records.add(octets);
        plan.committed = true;
        return this;
    }

    /** So many octets follow what she says, in one breath. */
    public Mallory goingOnFor(int octets) {
        plan.more = octets;
        return this;
    }

    /** Nor any more of the stream. */
    public Mallory hangingUp() {
        records.hangUp();
        return this;
    }

    /** From now on under the same keys as before, but without compression. */
    public Mallory withoutDeflating() {
        records.withoutDeflating();
        return this;
    }

    public byte[] seal(ContentType type, byte... content) throws TlsAlertException {
        return records.sealed(type, content);
    }

    /** RFC 8446 §5.2: seals content, type and padding, or whatever else, as the first record of her data. */
    public byte[] sealInner(byte... inner) {
        return records.raw(config.role(), config.cipherSuites().get(0)).sealInner(inner);
    }

    /** What she would say first. */
    public HandshakeMessage firstMessage() throws TlsAlertException {
        var said = new StateEnd(config).actions(Action.Send.class);
        return said.get(0).message().message();
    }

    /** Asks for another handshake. */
    public void renegotiate() throws TlsAlertException {
        perform(state.again().orElseThrow());
    }

    /** Does all of it, and listens until the stream ends; a stream that is reset instead is an exception. */
    public void run() throws Exception {
        if (!plan.committed) perform(Handshakes.begin(config, NextHandshake.like(config)));
        boolean talking = send();
        for (var record = records.next(); record.isPresent(); record = records.next()) {
            take(record.get());
            if (talking) talking = send();
            else records.discard();
        }
    }

    /** Everything due; whether she goes on. */
    private boolean send() throws IOException {
        if (plan.committed) records.add(Noise.of(plan.more));
        records.send();
        return !plan.committed;
    }

    /** Level and description of each alert that came. */
    public List<byte[]> alerts() {
        return List.copyOf(alerts);
    }

    private void take(Opened record) throws TlsAlertException {
        // Whoever has begun with a lie awaits nothing but to be told.
        if (state == null && record.type() != ContentType.ALERT) return;
        try {
            switch (record.type()) {
                case ALERT -> alerts.add(record.content());
                case HANDSHAKE -> takeMessages(record.content());
                case CHANGE_CIPHER_SPEC ->
                    receive(new Received(new ChangeCipherSpec(), new byte[0], reassembler::aligned));
                default -> {}
            }
        } catch (TlsAlertException wrong) {
            // Whoever has lied need not understand the answer.
            if (!plan.committed) throw wrong;
        }
    }

    private void takeMessages(byte[] content) throws TlsAlertException {
        reassembler.add(ByteBuffer.wrap(content));
        for (var next = reassembler.next(); next.isPresent(); next = reassembler.next()) {
            receive(new Received(decoder.decode(next.get()), next.get(), reassembler::aligned));
        }
    }

    private void receive(Received received) throws TlsAlertException {
        perform(state.receive(received));
    }

    private void perform(Transition transition) throws TlsAlertException {
        state = transition.next();
        for (var action : transition.actions()) perform(action);
    }

    private void perform(Action action) throws TlsAlertException {
        if (action instanceof Action.Send send) send(send.message());
        if (action instanceof Action.Establish) run(plan.takeOnceConnected());
        if (action instanceof Action.Delegate delegate)
            perform(state.resume(delegate.work().run()));
        if (action instanceof Action.SendChangeCipherSpec) records.add(ContentType.CHANGE_CIPHER_SPEC, new byte[] {1});
        if (action instanceof Action.Decode decode) decoder = decode.decoder();
        if (action instanceof Action.Keep keep) config.sessions().keep(keep.session());
        if (action instanceof Action.ProtectReads reads) records.read(reads.protection());
        if (action instanceof Action.ProtectWrites writes) records.write(writes.protection());
        if (action instanceof Action.Report report && report.event() instanceof SecretDerived told) records.learn(told);
        if (action instanceof Action.FixSentVersion fix) {
            records.write(new PlainProtection(fix.version()));
            records.expectInnerTypes();
        }
        if (action instanceof Action.FixRecordVersion fix) {
            records.read(new PlainProtection(fix.version()));
            records.write(new PlainProtection(fix.version()));
        }
    }

    private void send(EncodedMessage message) throws TlsAlertException {
        var said = plan.committed ? Optional.<byte[]>empty() : plan.saying.apply(message.message());
        if (said.isPresent()) plan.committed = true;
        byte[] octets = said.orElse(message.bytes());
        if (octets.length > 0) records.add(ContentType.HANDSHAKE, octets);
    }

    private void run(Script script) {
        try {
            script.run(this);
        } catch (Exception e) {
            throw new IllegalStateException(e);
        }
    }
}
