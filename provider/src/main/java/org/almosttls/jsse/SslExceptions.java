package org.almosttls.jsse;

import java.security.cert.CertificateException;
import java.util.List;
import java.util.Set;
import javax.net.ssl.SSLException;
import javax.net.ssl.SSLHandshakeException;
import javax.net.ssl.SSLProtocolException;
import org.almosttls.alert.AlertDescription;
import org.almosttls.alert.TlsAlertException;
import org.almosttls.alert.Violation;
import org.almosttls.config.Removal;
import org.almosttls.config.Removal.Kind;
import org.almosttls.engine.PeerAlertException;

/** Alerts, ours and the peer's, as the exceptions that the platform throws for them. */
final class SslExceptions {

    /** Alerts that say nothing about a handshake, whenever they come. */
    private static final Set<AlertDescription> OF_THE_CONNECTION = Set.of(
            AlertDescription.CLOSE_NOTIFY,
            AlertDescription.BAD_RECORD_MAC,
            AlertDescription.RECORD_OVERFLOW,
            AlertDescription.INTERNAL_ERROR,
            AlertDescription.ALMOST_FAILURE,
            AlertDescription.INAPPROPRIATE_FALLBACK,
            AlertDescription.USER_CANCELED);

    private static final int MOST_RULES = 8;

    private SslExceptions() {}

    /** A violation that this end noticed; a trust manager's refusal is the cause of what is thrown for it. */
    static SSLException of(TlsAlertException noticed) {
        if (noticed.violation() == Violation.NOT_TLS)
            return caused(new SSLException("Unsupported or unrecognized SSL message"), noticed);
        if (noticed.violation() == Violation.NOT_ALMOST_TLS || noticed.violation() == Violation.ALMOST_TLS_MET)
            return caused(new SSLException(noticed.getMessage()), noticed);
        if (noticed.getCause() instanceof CertificateException refused)
            return caused(new SSLHandshakeException(refused.getMessage()), refused);
        var alert = noticed.violation().alert();
        return noticed.getCause() == null
                ? caused(byAlert(alert, noticed.getMessage()), noticed)
                : caused(byAlert(alert, messageOf(noticed)), noticed.getCause());
    }

    /** The platform's words, and behind them what it does not say: by which rule each thing is gone. */
    static SSLHandshakeException ofNothingLeft(List<Removal> removals) {
        var rules = removals.stream()
                .filter(each -> each.kind() == Kind.VERSION || each.kind() == Kind.CIPHER_SUITE)
                .map(Removal::rule)
                .distinct()
                .limit(MOST_RULES)
                .toList();
        String why = rules.isEmpty() ? "" : "; ruled out by " + String.join(", ", rules);
        return new SSLHandshakeException(
                "No appropriate protocol (protocol is disabled or cipher suites are inappropriate)" + why);
    }

    /** What broke at this end speaks for itself, as on the platform. */
    private static String messageOf(TlsAlertException noticed) {
        boolean own = noticed.violation() == Violation.INTERNAL;
        return own ? String.valueOf(noticed.getCause().getMessage()) : noticed.getMessage();
    }

    static SSLException of(PeerAlertException received) {
        var description = received.description();
        return byAlert(description, "Received fatal alert: " + description.name());
    }

    private static SSLException byAlert(AlertDescription alert, String message) {
        if (alert.equals(AlertDescription.UNEXPECTED_MESSAGE)) return new SSLProtocolException(message);
        return OF_THE_CONNECTION.contains(alert) ? new SSLException(message) : new SSLHandshakeException(message);
    }

    private static SSLException caused(SSLException exception, Throwable cause) {
        exception.initCause(cause);
        return exception;
    }
}
