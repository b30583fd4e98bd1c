package org.almosttls.testkit;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;
import org.almosttls.config.NegotiatedSession;
import org.almosttls.config.ResumableSession;
import org.almosttls.config.SessionStore;

/** Keeps all sessions for ever, and offers the last. */
public final class TestSessions implements SessionStore {

    private final List<ResumableSession> kept = new ArrayList<>();
    private final List<ResumableSession> handedOut = new ArrayList<>();
    private NewSessions newSessions = NewSessions.KEPT;

    /** From now on no connection makes a session. */
    public TestSessions refuseNew() {
        newSessions = NewSessions.REFUSED;
        return this;
    }

    /** Has the kept sessions be without extended master secret. */
    public void loosen() {
        kept.replaceAll(each -> new ResumableSession(withoutExtendedMasterSecret(each.session()), each.master()));
    }

    /** The same, as if it had begun without. */
    public static NegotiatedSession withoutExtendedMasterSecret(NegotiatedSession session) {
        return new NegotiatedSession(
                session.version(),
                session.cipherSuite(),
                session.id(),
                session.created(),
                session.group(),
                session.scheme(),
                session.peerSchemes(),
                false,
                session.fragmentLength(),
                session.compression(),
                session.peerChain(),
                session.localChain(),
                session.serverNames(),
                session.applicationProtocol(),
                session.statusResponses());
    }

    public List<ResumableSession> kept() {
        return List.copyOf(kept);
    }

    /** Every copy that a connection was given. */
    public List<ResumableSession> handedOut() {
        return List.copyOf(handedOut);
    }

    @Override
    public NewSessions newSessions() {
        return newSessions;
    }

    @Override
    public Optional<ResumableSession> find(byte[] id) {
        return copyOf(kept.stream()
                .filter(session -> Arrays.equals(id, session.session().id()))
                .findFirst());
    }

    @Override
    public Optional<ResumableSession> toOffer(Predicate<ResumableSession> fits) {
        return copyOf(kept.stream().reduce((first, second) -> second).filter(fits));
    }

    private Optional<ResumableSession> copyOf(Optional<ResumableSession> session) {
        var copy = session.map(ResumableSession::copy);
        copy.ifPresent(handedOut::add);
        return copy;
    }

    @Override
    public void keep(ResumableSession finished) {
        kept.add(finished.copy());
    }

    @Override
    public void forget(byte[] id) {
        kept.removeIf(session -> Arrays.equals(id, session.session().id()));
    }
}
