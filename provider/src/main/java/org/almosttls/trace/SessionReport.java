package org.almosttls.trace;

import java.security.cert.X509Certificate;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import org.almosttls.alert.AlertDescription;
import org.almosttls.alert.AlertLevel;
import org.almosttls.config.NegotiatedSession;
import org.almosttls.event.Direction;
import org.almosttls.event.Moment;
import org.almosttls.event.TlsEvent;
import org.almosttls.event.TlsEvent.AlertTransferred;
import org.almosttls.event.TlsEvent.ClientIdentified;
import org.almosttls.event.TlsEvent.Closed;
import org.almosttls.event.TlsEvent.Failed;
import org.almosttls.event.TlsEvent.HandshakeCompleted;
import org.almosttls.event.TlsEvent.HeartbeatTransferred;
import org.almosttls.event.TlsEvent.HeartbeatsAgreed;
import org.almosttls.event.TlsEvent.Hidden;
import org.almosttls.event.TlsEvent.Located;
import org.almosttls.event.TlsEvent.MessageTransferred;
import org.almosttls.extension.ServerNames;
import org.almosttls.registry.Role;
import org.almosttls.trace.SessionLine.ClientProof;
import org.almosttls.trace.SessionLine.Close;
import org.almosttls.trace.SessionLine.Hellos;
import org.almosttls.trace.SessionLine.Opening;
import org.almosttls.trace.SessionLine.Phases;

/** Takes note of one connection's events, and makes its line of them when it is over; any thread may call. */
final class SessionReport {

    private static final int MOST_AUTHORITIES = 100;
    private static final int MOST_OCTETS = 1 << 20;

    private Opening opening;
    private final Told told = new Told();
    private final Aside aside = new Aside();
    private Optional<Duration> handshake = Optional.empty();
    private Optional<TlsEvent> trouble = Optional.empty();
    private Optional<AlertTransferred> alert = Optional.empty();
    private Optional<Close> close = Optional.empty();

    /** What is about the line and not about the session. */
    private static final class Aside {

        private final Set<String> hidden = new TreeSet<>();
        private int octets;
    }

    SessionReport(Opening opening) {
        this.opening = opening;
    }

    synchronized void take(Moment moment, TlsEvent event) {
        if (event instanceof MessageTransferred transferred) {
            aside.octets = Math.min(MOST_OCTETS, aside.octets + transferred.bytes().length);
            told.take(speaker(transferred.direction()), transferred.message(), transferred.bytes());
        } else if (event instanceof HandshakeCompleted completed) {
            told.finish(completed.session());
            handshake = handshake.or(() -> Optional.of(Duration.ofNanos(moment.nanoTime() - opening.nanoTime())));
        } else if (event instanceof ClientIdentified identified) {
            told.identify(identified.session());
        } else if (event instanceof AlertTransferred transferred) {
            take(transferred);
        } else if (event instanceof Failed && trouble.isEmpty()) {
            trouble = Optional.of(event);
        } else if (event instanceof HeartbeatsAgreed agreed) {
            told.agree(agreed);
        } else if (event instanceof HeartbeatTransferred transferred) {
            told.take(transferred);
        } else if (event instanceof Hidden more) {
            aside.hidden.addAll(more.fields());
        } else if (event instanceof Located located) {
            opening = opening.between(located.local(), located.peer());
            aside.hidden.removeAll(List.of("network.peer.address", "network.peer.port"));
        } else if (event instanceof Closed closed && close.isEmpty()) {
            var traffic = Optional.of(closed.traffic());
            close = Optional.of(new Close(HowEnded.of(closed.ending()), moment.time(), moment.nanoTime(), traffic));
        }
    }

    /** What its line may be about, more or less: the messages, of which peers choose the length. */
    synchronized int octets() {
        return aside.octets;
    }

    /** The first fatal alert stays, and the first cause of trouble; a warning gives way to what follows. */
    private void take(AlertTransferred transferred) {
        if (transferred.description().equals(AlertDescription.CLOSE_NOTIFY)) return;
        if (transferred.description().equals(AlertDescription.NO_RENEGOTIATION)
                && transferred.direction() == Direction.SENT) told.refuseRenegotiation();
        boolean hasFatal =
                alert.filter(each -> each.level() == AlertLevel.FATAL).isPresent();
        if (!hasFatal) alert = Optional.of(transferred);
        boolean endsIt = transferred.level() == AlertLevel.FATAL && transferred.direction() == Direction.RECEIVED;
        if (endsIt && trouble.isEmpty()) trouble = Optional.of(transferred);
    }

    /** Nobody will tell how this connection ends. */
    synchronized void end(Close unlessTold) {
        if (close.isEmpty()) close = Optional.of(unlessTold.as(inView(unlessTold.how())));
    }

    /** What failed before it was forgotten, or the process ended, has ended by that. */
    private HowEnded inView(HowEnded how) {
        return trouble.map(first -> first instanceof Failed ? HowEnded.FAILED : HowEnded.ALERT_RECEIVED)
                .orElse(how);
    }

    private Role speaker(Direction direction) {
        return direction == Direction.SENT ? opening.role() : opening.role().peer();
    }

    /** The whole session, which must have ended; costs digests and parsing. */
    synchronized SessionLine line() {
        var ended = close.orElseThrow(() -> new IllegalStateException("still open"));
        var client = chainOf(Role.CLIENT);
        var server = chainOf(Role.SERVER);
        var proof = clientProof(client);
        return new SessionLine(
                opening,
                ended,
                handshake,
                told.renegotiations(),
                told.keyUpdates(),
                Agreed.of(told.latest(), told.session()).agreement(),
                proof,
                client,
                server,
                new Hellos(
                        told.first().clientHello(),
                        told.first().serverHello(),
                        told.first().fingerprints()),
                serverName(),
                requested(),
                alert,
                told.heartbeats(),
                phases(),
                List.copyOf(aside.hidden),
                diagnosis(ended, proof, opening.role() == Role.CLIENT ? server : client));
    }

    /** AlmostTLSv1 §5: the four keys exist from the end of the handshake on. */
    private Optional<Phases> phases() {
        var messages = told.first().textbook();
        if (messages.isEmpty()) return Optional.empty();
        return Optional.of(
                new Phases(messages, told.isEstablished() ? List.of("E_B", "M_B", "E_A", "M_A") : List.of()));
    }

    private ClientProof clientProof(List<CertificateFacts> client) {
        boolean byKey =
                told.session().flatMap(NegotiatedSession::externalIdentity).isPresent();
        // RFC 5246 §F.1.4: who resumes a session has proved itself when it began.
        if (byKey || !provenChainOf(Role.CLIENT).isEmpty()) return ClientProof.AUTHENTICATED;
        if (told.latest().requestedAuthorities().isEmpty()) return ClientProof.NOT_REQUESTED;
        return client.isEmpty() ? ClientProof.NOT_GIVEN : ClientProof.GIVEN;
    }

    private List<X509Certificate> provenChainOf(Role role) {
        return told.session()
                .map(known -> role == opening.role() ? known.localChain() : known.peerChain())
                .orElse(List.of());
    }

    /** Also one that was shown, and did not come to anything. */
    private List<CertificateFacts> chainOf(Role role) {
        var proven = provenChainOf(role);
        return proven.isEmpty()
                ? CertificateFacts.ofEncodedChain(told.latest().chainOf(role))
                : CertificateFacts.ofChain(proven);
    }

    private Optional<String> serverName() {
        return told.first()
                .clientHello()
                .flatMap(hello -> hello.extensions().find(ServerNames.class))
                .flatMap(asked -> asked.hostNames().stream().findFirst())
                .or(() -> told.session()
                        .flatMap(known -> known.serverNames().stream().findFirst()))
                .or(opening::serverName);
    }

    private List<String> requested() {
        var authorities = told.lastRequestedAuthorities();
        if (authorities.isEmpty()) return List.of();
        return authorities.stream()
                .limit(MOST_AUTHORITIES)
                .map(DistinguishedName::of)
                .toList();
    }

    private Optional<Diagnosis> diagnosis(Close ended, ClientProof proof, List<CertificateFacts> peerChain) {
        // What most of them do, and then nothing has to be found out.
        if (trouble.isEmpty() && ended.how().isFine(told.isEstablished())) return Optional.empty();
        var removedChoices = new RemovedChoices(opening.role(), told.current());
        var circumstances = new Circumstances(
                opening.role(),
                told.isEstablished(),
                proof,
                ended.how(),
                ended.time(),
                peerChain,
                told.hasRefusedRenegotiation(),
                told.last());
        return trouble.map(first -> Diagnosis.of(first, circumstances))
                .or(() -> Diagnosis.of(circumstances))
                .map(known -> told.hasRefusedRenegotiation()
                        ? known
                        : known.with(
                                removedChoices.behind(known, opening.policy().removals())));
    }
}
