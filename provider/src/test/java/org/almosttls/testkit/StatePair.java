package org.almosttls.testkit;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import java.util.function.UnaryOperator;
import org.almosttls.alert.TlsAlertException;
import org.almosttls.config.TlsConfig;
import org.almosttls.message.EncodedMessage;
import org.almosttls.message.HandshakeMessage;
import org.almosttls.registry.HandshakeType;
import org.almosttls.testkit.StateEnd.Flying;

/** The states of a client and of a server, which exchange whole messages, with somebody between them who may change some. */
public final class StatePair {

    private final StateEnd client;
    private final StateEnd server;
    private final List<Flying> flown = new ArrayList<>();
    private UnaryOperator<HandshakeMessage> mallory = message -> message;
    private UnaryOperator<Flying> noise = flying -> flying;

    public StatePair(TlsConfig client, TlsConfig server) throws TlsAlertException {
        this(new StateEnd(client), new StateEnd(server));
    }

    public StatePair(StateEnd client, StateEnd server) {
        this.client = client;
        this.server = server;
    }

    public StateEnd client() {
        return client;
    }

    public StateEnd server() {
        return server;
    }

    public StateEnd end(boolean ofClient) {
        return ofClient ? client : server;
    }

    /** Every message that was delivered, in order. */
    public List<Flying> flown() {
        return List.copyOf(flown);
    }

    /** From now on every message of kind {@code M} is what {@code change} makes of it. */
    public <M extends HandshakeMessage> StatePair changing(Class<M> kind, Function<M, HandshakeMessage> change) {
        mallory = message -> kind.isInstance(message) ? change.apply(kind.cast(message)) : message;
        return this;
    }

    /** From now on every message arrives as the octets that {@code change} makes of it. */
    public StatePair garbling(UnaryOperator<Flying> change) {
        noise = change;
        return this;
    }

    /** Carries messages to and fro until neither end has any to send. */
    public StatePair handshake() throws TlsAlertException {
        while (deliverNext()) {}
        return this;
    }

    /** Delivers one message; whether there was any. */
    public boolean deliverNext() throws TlsAlertException {
        return deliver(client, server) || deliver(server, client);
    }

    /** As {@link #handshake()}, but stops when a message of this type is the next to be delivered. */
    public StatePair until(HandshakeType type) throws TlsAlertException {
        while (!isNext(client, type) && !isNext(server, type)) {
            if (!deliverNext()) throw new IllegalStateException("no " + type);
        }
        return this;
    }

    /** As {@link #handshake()}, but stops when a ChangeCipherSpec is the next to be delivered. */
    public StatePair untilChangeCipherSpec() throws TlsAlertException {
        while (!isChangeCipherSpecNext(client) && !isChangeCipherSpecNext(server)) {
            if (!deliverNext()) throw new IllegalStateException("no CCS");
        }
        return this;
    }

    private static boolean isChangeCipherSpecNext(StateEnd from) {
        var next = from.outbox().peek();
        return next != null && next.isChangeCipherSpec();
    }

    private static boolean isNext(StateEnd from, HandshakeType type) {
        var next = from.outbox().peek();
        return next != null && !next.isChangeCipherSpec() && next.bytes()[0] == type.code();
    }

    private boolean deliver(StateEnd from, StateEnd to) throws TlsAlertException {
        var next = from.outbox().poll();
        if (next == null) return false;
        var changed = noise.apply(changed(next, to));
        flown.add(changed);
        to.receive(changed);
        return true;
    }

    private Flying changed(Flying flying, StateEnd to) throws TlsAlertException {
        if (flying.isChangeCipherSpec()) return flying;
        var message = to.decoder().decode(flying.bytes());
        var changed = mallory.apply(message);
        return changed == message
                ? flying
                : new Flying(EncodedMessage.of(changed).bytes());
    }
}
