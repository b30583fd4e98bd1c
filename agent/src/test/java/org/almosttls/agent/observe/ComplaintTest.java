package org.almosttls.agent.observe;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.security.cert.CertificateException;
import java.util.Optional;
import javax.net.ssl.SSLException;
import javax.net.ssl.SSLHandshakeException;
import org.almosttls.alert.Violation;
import org.almosttls.config.Clock;
import org.almosttls.event.ConnectionId;
import org.almosttls.event.Moment;
import org.almosttls.event.TlsEvent;
import org.almosttls.event.TlsEvent.AlertTransferred;
import org.almosttls.event.TlsEvent.Failed;
import org.almosttls.event.TlsEventListener;
import org.junit.jupiter.api.Test;

/** Exceptions of other stacks, in the words that they have. */
class ComplaintTest {

    private final Object engine = new Object();
    private final WatchedConnection connection =
            new WatchedConnection(engine, new Telling(ConnectionId.next(), Clock.system(), new TlsEventListener() {
                @Override
                public boolean wants(Kind kind) {
                    return false;
                }

                @Override
                public void on(Moment moment, TlsEvent event) {
                    throw new AssertionError(event);
                }
            }));

    private Optional<Violation> violation(Throwable thrown) {
        return Complaint.of(thrown, connection)
                .event()
                .filter(Failed.class::isInstance)
                .map(event -> ((Failed) event).cause().violation());
    }

    @Test
    void anAlertThatIsNamedIsReceived() {
        var complaint = Complaint.of(new SSLHandshakeException("Received fatal alert: unknown_ca"), connection);
        assertEquals(
                "unknown_ca",
                ((AlertTransferred) complaint.event().orElseThrow())
                        .description()
                        .name());
    }

    @Test
    void aNameInACertificateIsNoAlert() {
        var refused = new CertificateException("no trust in CN=Received fatal alert: unknown_ca");
        var thrown = new SSLHandshakeException(refused.getMessage());
        thrown.initCause(refused);
        assertEquals(Optional.of(Violation.CERTIFICATE_REFUSED), violation(thrown));
    }

    /** As Bouncy Castle's class of this name. */
    private static final class TlsFatalAlert extends java.io.IOException {

        private static final long serialVersionUID = 1L;

        TlsFatalAlert(String message) {
            super(message);
        }
    }

    @Test
    void anAlertThatIsStillToBeSaidTellsWhatThisEndNoticed() {
        var thrown = new SSLException(new TlsFatalAlert("unrecognized_name(112)"));
        assertEquals(Optional.of(Violation.NAME_NOT_RECOGNIZED), violation(thrown));
    }

    @Test
    void causesThatGoInCirclesComeToAnEnd() {
        var one = new SSLException("one");
        var other = new SSLException("other", one);
        one.initCause(other);
        assertEquals(Optional.of(Violation.INTERNAL), violation(one));
    }
}
