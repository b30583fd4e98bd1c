package org.almosttls.trace;

import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import org.almosttls.alert.TlsAlertException;
import org.almosttls.alert.Violation;
import org.almosttls.trace.CertificateFacts.Contents;

/** What the peer's certificates tell beyond the general advice: facts, each a sentence with a space before it. */
final class Particulars {

    /** The platform's words, in whatever exception they come. */
    private static final String NO_TRUST_ANCHORS = "trustAnchors parameter must be non-empty";

    private static final Advice EMPTY_TRUST_STORE = new Advice(
            "This end's trust store holds no certificate, so that it can trust nobody.",
            "Check the trust store's path, type and password; a file in javax.net.ssl.trustStore that does not exist"
                    + " counts as an empty one, without a word.");

    private Particulars() {}

    /** The general advice, or a better one where the platform's message gives the reason away. */
    static Advice adviceOn(TlsAlertException cause) {
        var message = Optional.ofNullable(cause.getMessage()).orElse("");
        return message.contains(NO_TRUST_ANCHORS) ? EMPTY_TRUST_STORE : ViolationAdvice.on(cause.violation());
    }

    /** @param chain the peer's, as it came */
    static String on(Violation violation, List<CertificateFacts> chain, Instant now) {
        var known = chain.stream().flatMap(each -> each.contents().stream()).toList();
        if (known.isEmpty()) return "";
        return switch (violation) {
            case CERTIFICATE_UNTRUSTED -> issuerOf(known);
            case CERTIFICATE_EXPIRED -> outOfTime(known, now);
            case CERTIFICATE_NAME_MISMATCH -> namesOf(known.get(0));
            default -> "";
        };
    }

    private static String issuerOf(List<Contents> chain) {
        var last = chain.get(chain.size() - 1);
        if (!last.subject().equals(last.issuer()))
            return " The last certificate it sent was issued by " + last.issuer() + ".";
        return chain.size() == 1
                ? " It sent one certificate, which is self-signed: " + last.subject() + "."
                : " The last certificate it sent is self-signed: " + last.subject() + ".";
    }

    private static String namesOf(Contents own) {
        var names = own.alternativeNames();
        return names.isEmpty()
                ? " It has no alternative names at all."
                : " It is for " + String.join(", ", names) + ".";
    }

    private static String outOfTime(List<Contents> chain, Instant now) {
        return chain.stream()
                .filter(each -> now.isAfter(each.notAfter()) || now.isBefore(each.notBefore()))
                .map(each -> now.isAfter(each.notAfter())
                        ? " It expired on " + each.notAfter() + ": " + each.subject() + "."
                        : " It is valid from " + each.notBefore() + " only: " + each.subject() + ".")
                .collect(Collectors.joining());
    }
}
