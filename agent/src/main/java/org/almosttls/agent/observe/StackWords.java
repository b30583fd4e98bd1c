package org.almosttls.agent.observe;

import static java.util.Map.entry;

import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.IntStream;
import org.almosttls.alert.AlertDescription;
import org.almosttls.alert.Violation;

/**
 * What SunJSSE, BCJSSE and the stacks made of OpenSSL or BoringSSL say when something is wrong. They have words only: one
 * kind of exception stands for everything.
 */
final class StackWords {

    private static final int MOST_CAUSES = 16;
    private static final String BC_RECEIVED = "TlsFatalAlertReceived";
    private static final String BC_OWN = "TlsFatalAlert";

    private static final List<Pattern> ALERTS = List.of(
            Pattern.compile("Received fatal alert: ([a-z_]+)"),
            Pattern.compile("(?i)(?:sslv3|tlsv1|tlsv13)[_ ](?:alert[_ ])?([a-z_ ]+)"));
    private static final Pattern NAMED_ALERT = Pattern.compile("([a-z_]+)\\(\\d+\\)");

    /** In lower case; the first that is found counts. */
    private static final List<Map.Entry<String, Violation>> WORDS = List.of(
            entry("no cipher suites in common", Violation.NO_COMMON_SUITE),
            entry("no shared cipher", Violation.NO_COMMON_SUITE),
            entry("no_shared_cipher", Violation.NO_COMMON_SUITE),
            entry("no available authentication scheme", Violation.NO_CREDENTIAL),
            entry("no selectable cipher suite", Violation.NO_COMMON_SUITE),
            entry("no_certificate_set", Violation.NO_CREDENTIAL),
            entry("no matching application layer protocol", Violation.NO_APPLICATION_PROTOCOL),
            entry("unrecognized server name", Violation.NAME_NOT_RECOGNIZED),
            entry("sni match failed", Violation.NAME_NOT_RECOGNIZED),
            entry("no appropriate protocol", Violation.NOTHING_TO_OFFER),
            entry("no protocols available", Violation.NOTHING_TO_OFFER),
            entry("not accepted by server preferences", Violation.VERSION_NOT_SUPPORTED),
            entry("client requested protocol", Violation.VERSION_NOT_SUPPORTED),
            entry("not accepted by client preferences", Violation.VERSION_NOT_OFFERED),
            entry("unsupported protocol", Violation.VERSION_NOT_SUPPORTED),
            entry("unsupported_protocol", Violation.VERSION_NOT_SUPPORTED),
            entry("unrecognized ssl message", Violation.NOT_TLS),
            entry("wrong version number", Violation.NOT_TLS),
            entry("wrong_version_number", Violation.NOT_TLS),
            entry("http_request", Violation.NOT_TLS),
            entry("http request", Violation.NOT_TLS),
            entry("peer seems to be talking plaintext", Violation.NOT_TLS),
            entry("empty client certificate chain", Violation.CERTIFICATE_MISSING),
            entry("peer did not return a certificate", Violation.CERTIFICATE_MISSING),
            entry("peer_did_not_return_a_certificate", Violation.CERTIFICATE_MISSING),
            entry("tag mismatch", Violation.BAD_RECORD),
            entry("bad_decrypt", Violation.BAD_RECORD),
            entry("trustanchors parameter must be non-empty", Violation.CERTIFICATE_REFUSED));

    /** The violations that have an alert for themselves, or nearly so. */
    private static final Map<AlertDescription, Violation> OWN_ALERTS = Map.of(
            AlertDescription.PROTOCOL_VERSION, Violation.VERSION_NOT_SUPPORTED,
            AlertDescription.NO_APPLICATION_PROTOCOL, Violation.NO_APPLICATION_PROTOCOL,
            AlertDescription.UNRECOGNIZED_NAME, Violation.NAME_NOT_RECOGNIZED,
            AlertDescription.CERTIFICATE_REQUIRED, Violation.CERTIFICATE_REQUIRED,
            AlertDescription.UNEXPECTED_MESSAGE, Violation.UNEXPECTED_MESSAGE,
            AlertDescription.DECODE_ERROR, Violation.MALFORMED_MESSAGE,
            AlertDescription.BAD_RECORD_MAC, Violation.BAD_RECORD,
            AlertDescription.RECORD_OVERFLOW, Violation.RECORD_TOO_LONG,
            AlertDescription.INAPPROPRIATE_FALLBACK, Violation.FALLBACK_REFUSED);

    private static final List<String> CUT_OFF = List.of(
            "Remote host terminated the handshake",
            "Remote host closed connection",
            "peer shut down incorrectly",
            "closing inbound before receiving peer's close_notify",
            "connection closed",
            "Connection closed by peer",
            "Read error");

    private StackWords() {}

    /** The peer's fatal alert, if the exception stands for one. */
    static Optional<AlertDescription> receivedAlert(Throwable thrown) {
        Throwable cause = thrown;
        for (int depth = 0; cause != null && depth < MOST_CAUSES; depth++, cause = cause.getCause()) {
            var words = String.valueOf(cause.getMessage());
            if (cause.getClass().getSimpleName().equals(BC_RECEIVED)) return alertIn(NAMED_ALERT, words);
            for (Pattern pattern : ALERTS) {
                var alert = alertIn(pattern, words);
                if (alert.isPresent()) return alert;
            }
        }
        return Optional.empty();
    }

    private static Optional<AlertDescription> alertIn(Pattern pattern, String words) {
        var found = pattern.matcher(words);
        return found.find() ? named(found.group(1).strip().replace(' ', '_')) : Optional.empty();
    }

    private static Optional<AlertDescription> named(String name) {
        var lower = name.toLowerCase(Locale.ROOT);
        return IntStream.range(0, 256)
                .mapToObj(AlertDescription::new)
                .filter(each -> each.name().equals(lower))
                .findFirst();
    }

    /** What this end noticed. */
    static Optional<Violation> violation(Throwable thrown, boolean is13) {
        Throwable cause = thrown;
        for (int depth = 0; cause != null && depth < MOST_CAUSES; depth++, cause = cause.getCause()) {
            var lower = String.valueOf(cause.getMessage()).toLowerCase(Locale.ROOT);
            for (var word : WORDS) {
                if (lower.contains(word.getKey())) return Optional.of(inVersion(word.getValue(), is13));
            }
        }
        return Optional.empty();
    }

    /** The alert that this end is about to say, where the exception is made of it. */
    static Optional<AlertDescription> ownAlert(Throwable thrown) {
        Throwable cause = thrown;
        for (int depth = 0; cause != null && depth < MOST_CAUSES; depth++, cause = cause.getCause()) {
            if (cause.getClass().getSimpleName().equals(BC_OWN))
                return alertIn(NAMED_ALERT, String.valueOf(cause.getMessage()));
        }
        return Optional.empty();
    }

    /** What this end must have noticed if that is the alert it says. */
    static Optional<Violation> violation(AlertDescription said, boolean is13) {
        return Optional.ofNullable(OWN_ALERTS.get(said)).map(violation -> inVersion(violation, is13));
    }

    /** RFC 8446 §4.4.2.4 has an alert of its own where RFC 5246 §7.4.6 has none. */
    private static Violation inVersion(Violation violation, boolean is13) {
        return is13 && violation == Violation.CERTIFICATE_MISSING ? Violation.CERTIFICATE_REQUIRED : violation;
    }

    /** Whether it is an alert of Bouncy Castle's, which is no {@code SSLException}. */
    static boolean isAlert(Throwable thrown) {
        return thrown.getClass().getSimpleName().startsWith(BC_OWN);
    }

    /** Whether the peer, or something on the way, ended the transport. */
    static boolean saysCutOff(Throwable thrown) {
        var words = String.valueOf(thrown.getMessage());
        return CUT_OFF.stream().anyMatch(words::contains);
    }
}
