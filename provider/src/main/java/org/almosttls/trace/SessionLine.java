package org.almosttls.trace;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;
import org.almosttls.config.Clock;
import org.almosttls.config.Policy;
import org.almosttls.event.Direction;
import org.almosttls.event.Endpoint;
import org.almosttls.event.Moment;
import org.almosttls.event.TlsEvent.AlertTransferred;
import org.almosttls.event.TlsEvent.HeartbeatTransferred;
import org.almosttls.event.TlsEvent.Opened;
import org.almosttls.event.TlsEvent.Traffic;
import org.almosttls.event.TlsEvent.Watched;
import org.almosttls.message.ClientHello;
import org.almosttls.message.ServerHello;
import org.almosttls.registry.CipherSuite;
import org.almosttls.registry.CompressionMethod;
import org.almosttls.registry.NamedGroup;
import org.almosttls.registry.ProtocolVersion;
import org.almosttls.registry.Role;
import org.almosttls.registry.SignatureScheme;

/**
 * All that is told of one session, once, when it is over.
 *
 * @param handshake how long it took; empty if it was never finished
 * @param renegotiations how many handshakes followed the first; what is told as agreed is the last one's
 * @param keyUpdates RFC 8446 §4.6.3: how many KeyUpdates went either way
 * @param clientChain the client's certificates, its own first; empty if none was sent
 * @param serverChain the server's
 * @param hellos the first ones, as far as they were seen
 * @param requested the distinguished names of the CAs whose client certificates the server asked for
 * @param alert the one that ended the session, or the last warning but close_notify
 * @param heartbeats what was said by them, if they were agreed on
 * @param phases the textbook's, for a session of AlmostTLSv1
 * @param missing the fields that nobody knows who only watches another stack
 */
record SessionLine(
        Opening opening,
        Close close,
        Optional<Duration> handshake,
        int renegotiations,
        long keyUpdates,
        Agreement agreement,
        ClientProof clientProof,
        List<CertificateFacts> clientChain,
        List<CertificateFacts> serverChain,
        Hellos hellos,
        Optional<String> serverName,
        List<String> requested,
        Optional<AlertTransferred> alert,
        Optional<Heartbeats> heartbeats,
        Optional<Phases> phases,
        List<String> missing,
        Optional<Diagnosis> diagnosis) {

    private static final String OURS = "AlmostTLS";

    /**
     * What was known when the connection began.
     *
     * @param provider whose stack it is
     * @param allowed what this end may agree to
     * @param policy what this end may not, and why
     */
    record Opening(
            long connection,
            Instant time,
            long nanoTime,
            String thread,
            String provider,
            Role role,
            Optional<Endpoint> local,
            Optional<Endpoint> peer,
            Optional<String> serverName,
            Supplier<Offer> allowed,
            Policy policy,
            Clock clock) {

        static Opening of(Moment moment, Opened opened) {
            var config = opened.config();
            return new Opening(
                    moment.connection().number(),
                    moment.time(),
                    moment.nanoTime(),
                    Thread.currentThread().getName(),
                    OURS,
                    config.role(),
                    opened.local(),
                    opened.peer(),
                    config.serverName(),
                    Offer.later(config),
                    config.policy(),
                    config.clock());
        }

        static Opening of(Moment moment, Watched watched) {
            var allowed = watched.allowed();
            return new Opening(
                    moment.connection().number(),
                    moment.time(),
                    moment.nanoTime(),
                    Thread.currentThread().getName(),
                    watched.provider(),
                    watched.role(),
                    watched.local(),
                    watched.peer(),
                    Optional.empty(),
                    () -> allowed.map(Offer::of).orElse(Offer.UNKNOWN),
                    Policy.NONE,
                    watched.clock());
        }

        /** Whether the stack is ours, and tells all that there is. */
        boolean isOurs() {
            return provider.equals(OURS);
        }

        /** The same, between these ends. */
        Opening between(Optional<Endpoint> here, Optional<Endpoint> there) {
            return new Opening(
                    connection,
                    time,
                    nanoTime,
                    thread,
                    provider,
                    role,
                    here,
                    there,
                    serverName,
                    allowed,
                    policy,
                    clock);
        }
    }

    /** When and how it ended; what flowed until then, if that was told. */
    record Close(HowEnded how, Instant time, long nanoTime, Optional<Traffic> traffic) {

        /** Now, without anybody telling. */
        static Close now(HowEnded how, Clock clock) {
            return new Close(how, clock.now(), clock.nanoTime(), Optional.empty());
        }

        Close as(HowEnded other) {
            return new Close(other, time, nanoTime, traffic);
        }
    }

    /**
     * What both ends agreed on, as far as they came.
     *
     * @param fieldBits of the prime of DHE, named or not, where this connection exchanged keys so
     * @param pskIdentity RFC 8446 §2.2: names the key that both ends had by other means and went by
     * @param earlyData what became of it, if the client has sent any
     */
    record Agreement(
            Optional<ProtocolVersion> version,
            Optional<CipherSuite> cipherSuite,
            Optional<NamedGroup> group,
            Optional<SignatureScheme> scheme,
            Optional<String> applicationProtocol,
            Optional<Integer> fieldBits,
            boolean encryptThenMac,
            boolean extendedMasterSecret,
            Optional<CompressionMethod> compression,
            Optional<Resumption> resumption,
            Optional<String> pskIdentity,
            Optional<EarlyData> earlyData) {

        /** Whether what was recorded today stays secret from the quantum computers of tomorrow. */
        boolean isPostQuantum() {
            return group.filter(agreed -> agreed.classicalPart().isPresent()).isPresent();
        }

        boolean resumed() {
            return resumption.isPresent();
        }
    }

    /** RFC 8446 §4.2.10: whether the server has taken it. */
    enum EarlyData {
        ACCEPTED,
        REJECTED
    }

    /** By what the client has named the session that the server went on with. */
    enum Resumption {
        ID,
        TICKET
    }

    /** Whether the client proved who it is. */
    enum ClientProof {
        /** The server did not ask. */
        NOT_REQUESTED,
        /** The server asked, and no certificate came. */
        NOT_GIVEN,
        /** The client sent a certificate in a handshake that did not finish. */
        GIVEN,
        /** The client has proved to have the key of its certificate, now or when the session began, or one of both ends. */
        AUTHENTICATED
    }

    /** @param fingerprints of the client's */
    record Hellos(Optional<ClientHello> client, Optional<ServerHello> server, Optional<Fingerprints> fingerprints) {

        /** What the client offered on the wire; costs work, which is done for who writes it. */
        Optional<Offer> offered() {
            return client.map(Offer::of);
        }
    }

    /**
     * RFC 6520: the heartbeats of a session.
     *
     * @param mayAsk whether the peer allowed itself to be asked; this end always does
     * @param sent how often this end asked
     * @param answered how often the peer answered
     * @param received how often the peer asked
     * @param discarded how many messages were passed over because they were no good, or nobody had asked for them
     */
    record Heartbeats(boolean mayAsk, long sent, long answered, long received, long discarded) {

        static final Heartbeats NONE = new Heartbeats(false, 0, 0, 0, 0);

        Heartbeats agreed(boolean mayAskNow) {
            return new Heartbeats(mayAskNow, sent, answered, received, discarded);
        }

        Heartbeats plus(HeartbeatTransferred message) {
            boolean own = message.direction() == Direction.SENT;
            return switch (message.kind()) {
                case REQUEST ->
                    new Heartbeats(mayAsk, sent + (own ? 1 : 0), answered, received + (own ? 0 : 1), discarded);
                case RESPONSE -> new Heartbeats(mayAsk, sent, answered + (own ? 0 : 1), received, discarded);
                case DISCARDED -> new Heartbeats(mayAsk, sent, answered, received, discarded + 1);
            };
        }

        boolean isAny() {
            return sent + received + discarded > 0;
        }
    }

    /**
     * The phases of an AlmostTLSv1 session, as far as it came.
     *
     * @param handshake the messages, in order
     * @param keys the keys that were derived, by their names; empty if none were
     */
    record Phases(List<String> handshake, List<String> keys) {}

    /** Whether this field is left out because nobody knows. */
    boolean isMissing(String field) {
        return missing.contains(field);
    }

    boolean isEstablished() {
        return handshake.isPresent();
    }

    Duration duration() {
        return Duration.ofNanos(close.nanoTime() - opening.nanoTime());
    }

    /** As ECS has it: unknown if the session was cut off in a way that may be harmless. */
    Outcome outcome() {
        if (diagnosis.isEmpty()) return Outcome.SUCCESS;
        return isEstablished() && close.how().mayMissData() ? Outcome.UNKNOWN : Outcome.FAILURE;
    }

    /** ECS {@code event.outcome}. */
    enum Outcome {
        SUCCESS,
        FAILURE,
        UNKNOWN
    }
}
