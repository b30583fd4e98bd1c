package org.almosttls.trace;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.almosttls.config.Removal;
import org.almosttls.event.Direction;
import org.almosttls.event.Endpoint;
import org.almosttls.registry.CipherSuite;
import org.almosttls.registry.ProtocolVersion;
import org.almosttls.registry.Role;
import org.almosttls.registry.SignatureScheme;
import org.almosttls.trace.SessionLine.ClientProof;
import org.almosttls.trace.SessionLine.Heartbeats;
import org.almosttls.trace.SessionLine.Opening;
import org.almosttls.trace.SessionLine.Phases;

/** One line per session for people; whatever in it was chosen by others is made {@link Printable}. */
final class TextFormat implements LineFormat {

    /** Where a failure is about what the two ends offered each other. */
    private static final Set<String> ABOUT_OFFERS = Set.of(
            "VERSION_NOT_SUPPORTED",
            "NO_COMMON_SUITE",
            "NO_COMMON_GROUP",
            "NO_COMMON_FIELD",
            "NO_COMMON_SCHEME",
            "NO_CREDENTIAL",
            "NO_APPLICATION_PROTOCOL",
            "RECEIVED_HANDSHAKE_FAILURE",
            "RECEIVED_PROTOCOL_VERSION",
            "RECEIVED_INSUFFICIENT_SECURITY",
            "RECEIVED_NO_APPLICATION_PROTOCOL");

    private static final int MOST_OF_A_CAUSE = 1024;
    private static final int MOST_OF_AN_OFFER = 4096;

    @Override
    public byte[] render(SessionLine line, long missing) {
        var parts = new ArrayList<String>();
        parts.add(who(line));
        line.diagnosis().ifPresent(diagnosis -> parts.addAll(why(line, diagnosis)));
        agreed(line).ifPresent(parts::add);
        line.phases().ifPresent(phases -> parts.addAll(inWords(phases, line)));
        parts.addAll(certificates(line));
        parts.add(flow(line));
        line.heartbeats().filter(Heartbeats::isAny).ifPresent(beats -> parts.add(inWords(beats)));
        parts.add(line.close().how().words());
        return (lost(missing) + String.join(" | ", parts) + "\n").getBytes(StandardCharsets.UTF_8);
    }

    @Override
    public byte[] render(DetailLine line, long missing) {
        return DetailText.render(line, missing);
    }

    private static String lost(long missing) {
        return missing == 0 ? "" : "AlmostTLS: lost " + missing + " lines of sessions that ended before the next\n";
    }

    private static String who(SessionLine line) {
        return who(line.opening(), line.close().time(), line.serverName());
    }

    /** @param serverName if it is known by now that one was asked for */
    static String who(Opening opening, Instant time, Optional<String> serverName) {
        var arrow = opening.role() == Role.CLIENT ? "client > " : "server < ";
        var peer = opening.peer().map(Endpoint::toString).orElse("unknown peer");
        var name = serverName.filter(asked -> !peer.startsWith(asked + ":"));
        return "AlmostTLS " + time.truncatedTo(ChronoUnit.MILLIS) + " " + arrow + Printable.of(peer)
                + name.map(asked -> " (" + Printable.of(asked) + ")").orElse("")
                + (opening.provider().equals("AlmostTLS") ? "" : " by " + Printable.of(opening.provider()));
    }

    private static List<String> why(SessionLine line, Diagnosis diagnosis) {
        var parts = new ArrayList<String>();
        var verdict = line.outcome() == SessionLine.Outcome.FAILURE ? "FAILED " : "";
        var seen =
                diagnosis.message().map(message -> ": " + Printable.of(message)).orElse("");
        parts.add(verdict + diagnosis.code() + seen);
        parts.add("why: " + Printable.of(diagnosis.cause(), MOST_OF_A_CAUSE));
        parts.add("next: " + Printable.of(diagnosis.next(), MOST_OF_A_CAUSE));
        line.alert()
                .filter(alert -> alert.direction() == Direction.SENT)
                .ifPresent(
                        alert -> parts.add("alert sent: " + alert.description().name()));
        if (!diagnosis.removed().isEmpty())
            parts.add("ruled out here: " + Printable.of(inWords(diagnosis.removed()), MOST_OF_AN_OFFER));
        if (ABOUT_OFFERS.contains(diagnosis.code())) parts.addAll(offers(line));
        return parts;
    }

    /** Each rule once, with what it removed. */
    private static String inWords(List<Removal> removed) {
        var byRule = removed.stream()
                .collect(Collectors.groupingBy(
                        Removal::rule,
                        LinkedHashMap::new,
                        Collectors.mapping(Removal::value, Collectors.joining(" "))));
        return byRule.entrySet().stream()
                .map(rule -> rule.getValue() + " by " + rule.getKey())
                .collect(Collectors.joining("; "));
    }

    private static List<String> offers(SessionLine line) {
        var parts = new ArrayList<String>();
        line.hellos()
                .offered()
                .ifPresent(offered -> parts.add("client offers: " + Printable.of(offered.inWords(), MOST_OF_AN_OFFER)));
        if (line.opening().role() == Role.SERVER)
            parts.add("server allows: "
                    + Printable.of(line.opening().allowed().get().inWords(), MOST_OF_AN_OFFER));
        return parts;
    }

    private static Optional<String> agreed(SessionLine line) {
        var agreement = line.agreement();
        var words = Stream.of(
                        agreement.version().map(ProtocolVersion::jsseName),
                        agreement.cipherSuite().map(CipherSuite::name),
                        agreement
                                .group()
                                .map(group -> group.name() + (agreement.isPostQuantum() ? " (post-quantum)" : "")),
                        agreement.scheme().map(SignatureScheme::name),
                        agreement.applicationProtocol().map(name -> "ALPN " + Printable.of(name)),
                        agreement.compression().map(method -> "compressed by " + method.name() + " (see CRIME)"),
                        agreement
                                .resumption()
                                .map(by -> "resumed by " + by.name().toLowerCase(Locale.ROOT)),
                        agreement.pskIdentity().map(name -> "by pre-shared key " + Printable.of(name)),
                        agreement
                                .earlyData()
                                .map(what -> "early data " + what.name().toLowerCase(Locale.ROOT)))
                .flatMap(Optional::stream)
                .collect(Collectors.joining(" "));
        return Optional.of(words).filter(all -> !all.isEmpty());
    }

    private static List<String> inWords(Phases phases, SessionLine line) {
        var parts = new ArrayList<String>();
        parts.add("handshake: " + String.join(", ", phases.handshake()));
        if (!phases.keys().isEmpty()) parts.add("key derivation: " + String.join(" ", phases.keys()));
        line.close()
                .traffic()
                .filter(all -> all.recordsSent() + all.recordsReceived() > 0)
                .ifPresent(all -> parts.add("data transfer: " + all.recordsSent() + " records sent, "
                        + all.recordsReceived() + " received"));
        return parts;
    }

    private static String inWords(Heartbeats beats) {
        return "heartbeats: " + beats.sent() + " sent, " + beats.answered() + " answered, " + beats.received()
                + " received" + (beats.discarded() > 0 ? ", " + beats.discarded() + " passed over" : "");
    }

    private static List<String> certificates(SessionLine line) {
        var parts = new ArrayList<String>();
        own(line.serverChain(), line).ifPresent(name -> parts.add("server is " + name));
        own(line.clientChain(), line).ifPresent(name -> parts.add("client is " + name));
        if (line.clientProof() == ClientProof.NOT_GIVEN) parts.add("client gave no certificate");
        return parts;
    }

    /** Where nothing was established, dates and names may tell why. */
    private static Optional<String> own(List<CertificateFacts> chain, SessionLine line) {
        return chain.stream()
                .findFirst()
                .map(own -> own.contents()
                        .map(contents -> names(contents) + (line.isEstablished() ? "" : validity(contents)))
                        .orElse("a certificate that cannot be parsed"));
    }

    private static String names(CertificateFacts.Contents contents) {
        return Printable.of(contents.subject()) + " by " + Printable.of(contents.issuer());
    }

    private static String validity(CertificateFacts.Contents contents) {
        var names = contents.alternativeNames().isEmpty()
                ? ""
                : " for " + Printable.of(String.join(" ", contents.alternativeNames()));
        return names + ", valid from " + contents.notBefore() + " to " + contents.notAfter();
    }

    private static String flow(SessionLine line) {
        var handshake =
                line.handshake().map(time -> "handshake " + millis(time) + ", ").orElse("");
        var traffic = line.close().traffic();
        var again = line.renegotiations() > 0 ? "renegotiations " + line.renegotiations() + ", " : "";
        var updates = line.keyUpdates() > 0 ? "key updates " + line.keyUpdates() + ", " : "";
        return handshake + again + updates + "total " + millis(line.duration())
                + traffic.map(all -> ", sent " + all.bytesSent() + " B, received " + all.bytesReceived() + " B")
                        .orElse("");
    }

    private static String millis(Duration time) {
        return String.format(Locale.ROOT, "%.1f ms", time.toNanos() / 1e6);
    }
}
