package org.almosttls.engine;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Supplier;
import org.almosttls.alert.AlertProtocol;
import org.almosttls.config.KeyExporter;
import org.almosttls.config.NegotiatedSession;
import org.almosttls.config.ResumableSession;
import org.almosttls.config.SessionStore;

/**
 * What the last handshake agreed on, once one did, and whether the caller has been told; and how alerts are said, which is
 * agreed on with the family; and which sessions of the store its failure would end.
 */
final class Established {

    /** Of how many handshakes the sessions are kept count of; those before could not be ended, so they end at once. */
    private static final int MOST_ASSOCIATED = 16;

    private final SessionStore sessions;
    private volatile Optional<NegotiatedSession> session = Optional.empty();
    private volatile boolean untold;
    private final Flow flow;
    private final AtomicReference<AlertProtocol> alerts = new AtomicReference<>(AlertProtocol.TLS);
    private volatile List<byte[]> associated = List.of();
    private volatile Optional<KeyExporter> exporter = Optional.empty();

    /** Whether data may come, and whether a further handshake is under way; and who asks whether the other is there. */
    private static final class Flow {
        private final Heart heart;
        private final EarlyInbox early = new EarlyInbox();
        private volatile boolean receives;
        private volatile boolean reopened;

        Flow(Heart heart) {
            this.heart = heart;
        }
    }

    Established(SessionStore sessions, Heart heart) {
        this.sessions = sessions;
        this.flow = new Flow(heart);
    }

    void use(AlertProtocol ofFamily) {
        alerts.set(ofFamily);
    }

    AlertProtocol alerts() {
        return alerts.get();
    }

    /** {@link #alerts()} for whoever must not hold on to the connection, which sessions may by what is bound to them. */
    Supplier<AlertProtocol> alertsAlone() {
        return alerts::get;
    }

    void set(NegotiatedSession agreed) {
        if (session.isEmpty()) associated = List.of();
        session = Optional.of(agreed);
        associateToo(agreed.id());
        untold = true;
        flow.receives = true;
        flow.reopened = false;
    }

    Heart heart() {
        return flow.heart;
    }

    EarlyInbox early() {
        return flow.early;
    }

    /**
     * The peer has turned to new keys (RFC 5246 §7.4.9), or has begun to say who it is (RFC 8446 §4.6.2): its Finished is
     * due, and no data before it.
     */
    void awaitFinished() {
        flow.receives = false;
    }

    /** Whether application data may come now: after a handshake, and during a further one until the keys change. */
    boolean receivesData() {
        return flow.receives;
    }

    /** A further handshake is under way, or asked for; {@link #set} ends it. */
    void reopen() {
        flow.reopened = true;
        flow.heart.stop();
    }

    /** The further handshake is not to be. */
    void settle() {
        flow.reopened = false;
    }

    /** Whether there is nothing to wait for but data. */
    boolean isSettled() {
        return session.isPresent() && !flow.reopened;
    }

    /** Takes it over; the one before it is of no use any more. */
    void export(KeyExporter fromNowOn) {
        exporter.ifPresent(KeyExporter::close);
        exporter = Optional.of(fromNowOn);
    }

    boolean exports(KeyExporter one) {
        return exporter.filter(own -> own == one).isPresent();
    }

    /** What makes keys for the application, if there is one and the connection is not over. */
    Optional<KeyExporter> exporter() {
        return exporter.filter(each -> !each.isClosed());
    }

    /** Erases what keys are exported from. */
    void endExports() {
        exporter.ifPresent(KeyExporter::close);
    }

    void associate(byte[] sessionId) {
        associated = List.of(sessionId);
    }

    private void associateToo(byte[] sessionId) {
        var all = new ArrayList<>(associated);
        if (all.stream().anyMatch(each -> Arrays.equals(each, sessionId))) return;
        if (all.size() == MOST_ASSOCIATED) sessions.forget(all.remove(0));
        if (sessionId.length > 0) all.add(sessionId);
        associated = List.copyOf(all);
    }

    void keep(ResumableSession finished) {
        sessions.keep(finished);
    }

    /**
     * RFC 5246 §7.2.2: no session of a connection that failed must be resumed, whichever of its handshakes made it; nor is
     * one said to be finished any more.
     */
    void forget() {
        untold = false;
        associated.forEach(sessions::forget);
    }

    Optional<NegotiatedSession> session() {
        return session;
    }

    boolean isUntold() {
        return untold;
    }

    /** True once after each {@link #set}. */
    synchronized boolean tell() {
        boolean first = untold;
        untold = false;
        return first;
    }
}
