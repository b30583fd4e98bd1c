package org.almosttls.jsse;

import java.util.List;
import java.util.Optional;
import javax.net.ssl.SSLException;
import org.almosttls.alert.TlsAlertException;
import org.almosttls.alert.Violation;
import org.almosttls.api.KeyingMaterial;
import org.almosttls.config.ApplicationProtocolSelector;
import org.almosttls.config.ClientAuthentication;
import org.almosttls.config.HandshakeFacts;
import org.almosttls.config.NegotiatedSession;
import org.almosttls.config.NextHandshake;
import org.almosttls.config.PeerVerifier;
import org.almosttls.config.TlsConfig;
import org.almosttls.engine.TlsConnection;
import org.almosttls.event.Endpoint;
import org.almosttls.registry.ProtocolVersion;
import org.almosttls.registry.Role;

/** What an engine and a socket have in common: wishes before the handshake, a connection, and the session it makes. */
final class ConnectionFace {

    /** The platform's switch: whether a server does another handshake only if it is the one who wants it. */
    private static final String REJECT_CLIENT = "jdk.tls.rejectClientInitiatedRenegotiation";

    private final ContextMeans means;
    private final ConnectionWishes wishes;
    private final Asker asker;
    private final LateSelection selection;
    private Meant meant = new Meant(new Endpoint("", -1), false);
    private volatile Optional<TlsConnection> connection = Optional.empty();
    private volatile SessionSuccession sessions;

    /** Who is meant to be at the other end, and whether that is behind a transport of the caller's own. */
    private record Meant(Endpoint peer, boolean behindTransport) {}

    ConnectionFace(ContextMeans means, ConnectionWishes wishes, Asker asker) {
        this.means = means;
        this.wishes = wishes;
        this.asker = asker;
        this.selection = new LateSelection();
        this.sessions = new SessionSuccession(newSessions(Optional.empty()));
    }

    Lending lending() {
        return means.lending();
    }

    ConnectionWishes wishes() {
        return wishes;
    }

    LateSelection selection() {
        return selection;
    }

    /** Who is meant to be at the other end: an empty host if that is not known, port -1 likewise. */
    void peer(Endpoint known) {
        meet(new Meant(known, false));
    }

    /** The same for a transport of the caller's own making. */
    void peerBehindTransport(Endpoint known) {
        meet(new Meant(known, true));
    }

    private synchronized void meet(Meant next) {
        meant = next;
        if (connection.isEmpty()) sessions = new SessionSuccession(newSessions(Optional.empty()));
    }

    synchronized Endpoint peer() {
        return meant.peer;
    }

    /** The connection, once the handshake has begun. */
    Optional<TlsConnection> connection() {
        return connection;
    }

    /**
     * Begins the handshake if it has not begun; from then on the wishes are fixed.
     *
     * @param remote where the peer is, as far as the transport tells
     */
    TlsConnection start(Optional<Endpoint> local, Optional<Endpoint> remote) throws SSLException {
        if (connection.isEmpty()) {
            lending().reloading().look();
            create(local, remote);
        }
        var started = connection.orElseThrow();
        try {
            started.start();
        } catch (TlsAlertException noticed) {
            throw SslExceptions.of(noticed);
        }
        return started;
    }

    private synchronized void create(Optional<Endpoint> local, Optional<Endpoint> remote) throws SSLException {
        if (connection.isPresent()) return;
        sessions = new SessionSuccession(newSessions(remote));
        var config = config(wishes.role(), verifier());
        var refusal = refusal(config, remote);
        boolean tlsIsLeft = config.versions().stream().anyMatch(ProtocolVersion::isTls);
        var known = meant.peer.host().isEmpty() ? remote : Optional.of(new Endpoint(meant.peer.host(), port(remote)));
        var created = new TlsConnection(
                refusal.isPresent() && tlsIsLeft ? config.withoutTextbook() : config,
                new Further(remote),
                means.lending().listener().get(),
                local,
                known);
        connection = Optional.of(created);
        if (refusal.isEmpty() || tlsIsLeft) return;
        created.refuse(refusal.get());
        throw SslExceptions.of(refusal.get());
    }

    /** Handshakes after the first: with the wishes as they are by then, and a session of its own for each. */
    private final class Further implements NextHandshake {

        private final Optional<Endpoint> remote;

        private Further(Optional<Endpoint> remote) {
            this.remote = remote;
        }

        @Override
        public boolean heedsPeer() {
            return wishes.role() == Role.CLIENT || !Asked.flag(REJECT_CLIENT);
        }

        @Override
        public ClientAuthentication asks() {
            return wishes.clientAuthentication();
        }

        @Override
        public TlsConfig config() throws TlsAlertException {
            return config(newSessions(remote), verifier());
        }

        /** What this end asks for now it does not ask for in handshakes: tickets are for connections like this one. */
        @Override
        public TlsConfig late() throws TlsAlertException {
            var verifier = wishes.role() == Role.SERVER ? verifier().knowingIssuers() : verifier();
            return config(sessions.newest().followedBy(fresh()), verifier);
        }

        private TlsConfig config(ConnectionSessions further, PeerVerifier verifier) throws TlsAlertException {
            var agreed = connection.flatMap(TlsConnection::session).orElseThrow();
            sessions.follow(agreed, further);
            try {
                return ConnectionFace.this.config(wishes.role(), verifier);
            } catch (SSLException nothingLeft) {
                throw Violation.NOTHING_TO_OFFER.causedBy(nothingLeft);
            }
        }
    }

    /** Why AlmostTLSv1, if it is wanted, must not be spoken with this peer. */
    private Optional<TlsAlertException> refusal(TlsConfig wanted, Optional<Endpoint> remote) {
        if (!wanted.versions().contains(ProtocolVersion.ALMOST_1)) return Optional.empty();
        var terms = means.lending().textbook();
        try {
            terms.admit(remote, meant.peer);
            // Behind a transport of the caller's own there may be a tunnel, so whom the caller means there counts too.
            if (meant.behindTransport) terms.admit(Optional.empty(), meant.peer);
            return Optional.empty();
        } catch (TlsAlertException elsewhere) {
            return Optional.of(elsewhere);
        }
    }

    private int port(Optional<Endpoint> remote) {
        return meant.peer.port() >= 0
                ? meant.peer.port()
                : remote.map(Endpoint::port).orElse(-1);
    }

    private TrustManagerVerifier verifier() {
        return new TrustManagerVerifier(means.trust(), asker, this::learn);
    }

    private TlsConfig config(Role role, PeerVerifier verifier) throws SSLException {
        var managed = new KeyManagerCredentials(means.keys(), asker, role, this::learn);
        var certificates = new SteadyCredentials(managed, lending().reloading()::changes);
        var credentials = wishes.externalKeys().beside(certificates);
        ApplicationProtocolSelector chosen =
                selection.or(ApplicationProtocolSelector.preferring(wishes.applicationProtocols()), this::learn);
        return wishes.config(meant.peer.host(), verifier, credentials, chosen, sessions);
    }

    private ConnectionSessions newSessions(Optional<Endpoint> remote) {
        var all = means.sessions(wishes.role());
        var peer = new Endpoint(meant.peer.host(), port(remote));
        var shared = new ConnectionSessions.Shared(all, means.tickets(), wishes.role());
        return new ConnectionSessions(shared, wishes.meeting(peer), wishes.newSessions(peer), fresh());
    }

    private AlmostSslSession fresh() {
        return new AlmostSslSession(meant.peer, means.sessions(wishes.role()), wishes.certificateSchemes());
    }

    private void learn(HandshakeFacts facts) {
        if (facts.version().equals(ProtocolVersion.ALMOST_1))
            means.lending().textbook().say();
        sessions.newest().fresh().learn(SessionFacts.of(facts));
    }

    /** The session of the finished handshake, or one that says that there is none. */
    AlmostSslSession session() {
        var session = sessions.last(() -> connection.flatMap(TlsConnection::session));
        if (session.isEmpty()) return none();
        connection.flatMap(TlsConnection::exporter).ifPresent(session.get()::export);
        return session.get();
    }

    /** Of this connection, whoever else has its session. */
    KeyingMaterial exportedKeys() {
        return new ExportedKeys(() -> connection.flatMap(TlsConnection::exporter));
    }

    /** What can be wished for until the handshake begins, and not afterwards. */
    ConnectionWishes wishesBefore() {
        if (connection.isPresent()) throw new IllegalStateException("the handshake has begun");
        return wishes;
    }

    /** RFC 8446 §2.3: what has come of it since this was last asked. */
    byte[] takeEarlyData() {
        return connection.map(TlsConnection::takeEarlyData).orElse(new byte[0]);
    }

    boolean isEarlyDataTaken() {
        return connection
                .flatMap(TlsConnection::session)
                .filter(NegotiatedSession::earlyData)
                .isPresent();
    }

    /** Of the key that has authenticated both ends, if one has. */
    Optional<byte[]> externalIdentity() {
        return connection
                .flatMap(TlsConnection::session)
                .flatMap(NegotiatedSession::externalIdentity)
                .map(byte[]::clone);
    }

    private AlmostSslSession none() {
        return new AlmostSslSession(new Endpoint("", -1), means.sessions(wishes.role()), List.of());
    }

    /** The session of the handshake that goes on now; nothing if one was asked for and has not begun. */
    Optional<AlmostSslSession> handshakeSession() {
        boolean goesOn = connection
                .filter(it -> it.isHandshaking() && !it.isInboundClosed())
                .filter(it -> it.session().isEmpty() || sessions.isFollowed())
                .isPresent();
        return goesOn ? Optional.of(sessions.newest().fresh()) : Optional.empty();
    }

    /** What ALPN has chosen: unknown before it has, empty if it has chosen nothing. */
    Optional<String> applicationProtocol() {
        return connection
                .flatMap(TlsConnection::session)
                .map(agreed -> agreed.applicationProtocol().orElse(""))
                .or(this::handshakeApplicationProtocol);
    }

    /** The same while the handshake goes on. */
    Optional<String> handshakeApplicationProtocol() {
        return handshakeSession().flatMap(now -> now.facts().applicationProtocol());
    }
}
