package org.almosttls.trace;

import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.almosttls.alert.TlsAlertException;
import org.almosttls.config.Removal;
import org.almosttls.event.TlsEvent;
import org.almosttls.event.TlsEvent.AlertTransferred;
import org.almosttls.event.TlsEvent.Failed;
import org.almosttls.registry.Role;
import org.almosttls.trace.SessionLine.ClientProof;

/**
 * Why a session failed, as far as this end can know, and what to do next.
 *
 * @param code the violation, the alert received as {@code RECEIVED_…}, or the way it ended
 * @param rule the rule that was broken, as {@code RFC nnnn §x.y}
 * @param message what exactly was seen
 * @param removed what would have worked, and the rules at this end that removed it
 */
record Diagnosis(
        String code,
        Optional<String> rule,
        Optional<String> message,
        String cause,
        String next,
        List<Removal> removed) {

    private static final Advice TRUNCATED = new Advice(
            "The transport ended without the {peer}'s close_notify; data may be missing.",
            "Many peers close like this and it is harmless where the application knows the length of its data;"
                    + " otherwise look for a {peer}, proxy or load balancer that was killed or timed out.");
    private static final Advice WITHOUT_CLOSURE = new Advice(
            "The stream of the {peer} ended. AlmostTLSv1 has no closure, so whether this was all of it nobody can tell.",
            "Let the application say how much there is to come, or speak TLS, whose close_notify cannot be forged.");
    private static final Advice NOT_FINISHED = new Advice(
            "The {peer} closed the transport during the handshake, {point}, and said nothing.",
            "Look at the {peer}'s own log; check that the port speaks TLS, and for firewalls or proxies between.");
    private static final Advice GIVEN_UP = new Advice(
            "The transport failed or was closed by this end during the handshake, {point}.",
            "Look for a time-out or an exception in the application; check that the {peer} answers on this port.");
    private static final Advice CALLED_OFF = new Advice(
            "The handshake was called off with close_notify, {point}.",
            "Look which end's application closed the connection so early, and why.");
    private static final Advice STILL_RUNNING = new Advice(
            "The process ended during the handshake, {point}.",
            "Check that the {peer} answers on this port, and why the application did not wait for it.");
    private static final Advice NOT_SEEN_TO_ITS_END = new Advice(
            "The agent was detached during the handshake, {point}.",
            "Nothing need be wrong: the handshake went on, and nobody was there to see its end.");
    private static final Advice REFUSED = new Advice(
            "The {peer} wished for another handshake on this connection (renegotiation), was refused with"
                    + " no_renegotiation, and gave up.",
            "If the {peer} cannot do without, renegotiation=true allows it. A server that wishes to see a certificate for"
                    + " some of its pages only can ask in the first handshake instead.");
    private static final int MOST_RULES = 5;
    private static final String NO_CLIENT_CERTIFICATE =
            " The server had asked for a client certificate, and none was sent.";
    private static final String IF_IT_INSISTS =
            "If the server insists on a certificate, give this end one of an authority that the server names. ";

    /** Of the event that began the trouble. */
    static Diagnosis of(TlsEvent trouble, Circumstances seen) {
        return trouble instanceof Failed failed
                ? noticed(failed.cause(), seen)
                : told((AlertTransferred) trouble, seen);
    }

    /** Of an end without a reason, unless it is a way to end well. */
    static Optional<Diagnosis> of(Circumstances seen) {
        return seen.how().isFine(seen.established()) ? Optional.empty() : Optional.of(silent(seen));
    }

    /** The same, and what was removed here; what to do next begins with that. */
    Diagnosis with(List<Removal> removals) {
        if (removals.isEmpty()) return this;
        var rules = removals.stream()
                .map(Removal::rule)
                .distinct()
                .limit(MOST_RULES)
                .toList();
        var first = "This end could do what is wanted but for " + String.join(" and ", rules)
                + ": change that if the other end cannot be changed. ";
        return new Diagnosis(code, rule, message, cause, first + next, removals);
    }

    private static Diagnosis noticed(TlsAlertException cause, Circumstances seen) {
        var violation = cause.violation();
        var advice = Particulars.adviceOn(cause).about(seen.peer());
        return new Diagnosis(
                violation.name(),
                Optional.of(violation.section()),
                Optional.ofNullable(cause.getMessage()),
                advice.cause() + Particulars.on(violation, seen.peerChain(), seen.time()),
                advice.next(),
                List.of());
    }

    private static Diagnosis told(AlertTransferred alert, Circumstances seen) {
        var name = alert.description().name();
        var known = seen.refusedRenegotiation() ? REFUSED : AlertAdvice.on(alert.description());
        var advice = known.about(seen.peer());
        boolean noCertificate = seen.clientProof() == ClientProof.NOT_GIVEN;
        return new Diagnosis(
                "RECEIVED_" + name.toUpperCase(Locale.ROOT).replace(' ', '_'),
                Optional.empty(),
                Optional.of("received fatal alert " + name),
                noCertificate ? advice.cause() + NO_CLIENT_CERTIFICATE : advice.cause(),
                advice.next(),
                List.of());
    }

    private static Diagnosis silent(Circumstances seen) {
        var advice = adviceOnSilence(seen).about(seen.peer());
        var point = seen.lastMessage().map(last -> "after " + last).orElse("before any message");
        var cause = advice.cause().replace("{point}", point);
        boolean bare = seen.peerEnded() && seen.clientProof() == ClientProof.NOT_GIVEN && seen.role() == Role.CLIENT;
        return new Diagnosis(
                seen.how().name(),
                Optional.empty(),
                Optional.empty(),
                bare ? cause + NO_CLIENT_CERTIFICATE : cause,
                bare ? IF_IT_INSISTS + advice.next() : advice.next(),
                List.of());
    }

    private static Advice adviceOnSilence(Circumstances seen) {
        if (seen.established()) return seen.how() == HowEnded.TRUNCATED ? TRUNCATED : WITHOUT_CLOSURE;
        return switch (seen.how()) {
            case OPEN_AT_EXIT -> STILL_RUNNING;
            case OPEN_AT_DETACH -> NOT_SEEN_TO_ITS_END;
            case CLOSE_NOTIFY -> CALLED_OFF;
            case ABANDONED, FAILED, TRANSPORT_CLOSED -> GIVEN_UP;
            case TRUNCATED, ALERT_RECEIVED, TRANSPORT_ENDED -> NOT_FINISHED;
        };
    }
}
