package org.almosttls.agent.observe;

import java.io.EOFException;
import java.io.IOException;
import java.net.SocketException;
import java.net.SocketTimeoutException;
import java.nio.channels.ClosedChannelException;
import java.security.cert.CertificateException;
import java.util.Optional;
import javax.net.ssl.SSLException;
import org.almosttls.alert.AlertDescription;
import org.almosttls.alert.AlertLevel;
import org.almosttls.alert.Violation;
import org.almosttls.config.CertificateVerdict;
import org.almosttls.event.Direction;
import org.almosttls.event.TlsEvent;
import org.almosttls.event.TlsEvent.AlertTransferred;
import org.almosttls.event.TlsEvent.Ending;
import org.almosttls.event.TlsEvent.Failed;
import org.almosttls.registry.ProtocolVersion;

/** What an exception that a stack throws says of a connection: the event that ours would have told, and how it ends. */
record Complaint(Optional<TlsEvent> event, Ending ending) {

    private static final int MOST_CAUSES = 16;

    /** As SunJSSE says to who reads or writes where another thread has ended it, or has failed and will say why. */
    private static final String CLOSED_BY_ANOTHER = "Connection or (in|out)bound has closed";

    /** Whether something is wrong with the connection, so that it does not go on. */
    static boolean isMeant(Throwable thrown) {
        return thrown instanceof IOException && !isOfThisEnd(thrown);
    }

    static Complaint of(Throwable thrown, WatchedConnection from) {
        var seen = from.handshake();
        // What passed in plaintext is told already.
        if (seen.fatal()
                .filter(alert -> alert.direction() == Direction.RECEIVED)
                .isPresent()) return new Complaint(Optional.empty(), Ending.ALERT_RECEIVED);
        if (from.received().isForeign()) return failed(Violation.NOT_TLS, thrown);
        // Before all words: what a trust manager says may be in the peer's, who has named itself.
        return refusal(thrown)
                .map(Complaint::failed)
                .or(() -> StackWords.receivedAlert(thrown).map(Complaint::received))
                .or(() -> StackWords.violation(thrown, is13(seen)).map(violation -> failed(violation, thrown)))
                .or(() -> said(thrown, seen)
                        .flatMap(alert -> behind(alert, seen))
                        .map(violation -> failed(violation, thrown)))
                .orElseGet(() -> otherwise(thrown, from.farewell().isCutOff()));
    }

    /** The alert of this end, also if it is not on its way yet. */
    private static Optional<AlertDescription> said(Throwable thrown, WatchedHandshake seen) {
        return seen.fatal().map(AlertTransferred::description).or(() -> StackWords.ownAlert(thrown));
    }

    /** What made this end say that, where it has no words of its own. */
    private static Optional<Violation> behind(AlertDescription said, WatchedHandshake seen) {
        boolean missing = seen.lacksCertificate() && said.equals(AlertDescription.HANDSHAKE_FAILURE);
        return missing ? Optional.of(Violation.CERTIFICATE_MISSING) : StackWords.violation(said, is13(seen));
    }

    /** It does not begin as TLS does, and nobody has thrown anything. */
    static Complaint ofForeign() {
        return new Complaint(Optional.of(new Failed(Violation.NOT_TLS.exception())), Ending.FAILED);
    }

    /** A read that waited too long, and what threads hear whose socket another one has closed. */
    private static boolean isOfThisEnd(Throwable thrown) {
        return thrown instanceof SocketTimeoutException
                || thrown instanceof ClosedChannelException
                || saysClosedHere(thrown)
                || saysClosedHere(thrown.getCause());
    }

    private static boolean saysClosedHere(Throwable thrown) {
        if (!(thrown instanceof SocketException)) return false;
        String words = String.valueOf(thrown.getMessage());
        return words.startsWith("Socket") || words.matches(CLOSED_BY_ANOTHER);
    }

    private static boolean is13(WatchedHandshake seen) {
        return seen.version().filter(ProtocolVersion.TLS_1_3::equals).isPresent();
    }

    private static Complaint received(AlertDescription description) {
        return new Complaint(
                Optional.of(new AlertTransferred(Direction.RECEIVED, AlertLevel.FATAL, description)),
                Ending.ALERT_RECEIVED);
    }

    /** What a trust manager refused, and why. */
    private static Optional<CertificateException> refusal(Throwable thrown) {
        Throwable cause = thrown;
        for (int depth = 0; cause != null && depth < MOST_CAUSES; depth++, cause = cause.getCause()) {
            if (cause instanceof CertificateException refused) return Optional.of(refused);
        }
        return Optional.empty();
    }

    private static Complaint failed(CertificateException refused) {
        return failed(CertificateVerdict.of(refused, false), refused);
    }

    private static Complaint failed(Violation violation, Throwable thrown) {
        return new Complaint(Optional.of(new Failed(violation.causedBy(thrown))), Ending.FAILED);
    }

    private static Complaint otherwise(Throwable thrown, boolean cutOff) {
        if (cutOff
                || StackWords.saysCutOff(thrown)
                || thrown.getCause() instanceof EOFException
                || thrown instanceof EOFException) return new Complaint(Optional.empty(), Ending.TRUNCATED);
        boolean byTransport = !(thrown instanceof SSLException) && !StackWords.isAlert(thrown)
                || thrown.getCause() instanceof SocketException;
        return byTransport ? new Complaint(Optional.empty(), Ending.ABANDONED) : failed(Violation.INTERNAL, thrown);
    }
}
