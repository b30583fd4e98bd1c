package org.almosttls.handshake.almost.client;

import org.almosttls.alert.TlsAlertException;
import org.almosttls.alert.Violation;
import org.almosttls.config.SessionStore.NewSessions;
import org.almosttls.config.TlsConfig;
import org.almosttls.handshake.Transition;
import org.almosttls.handshake.almost.AlmostTls;
import org.almosttls.message.EncodedMessage;
import org.almosttls.message.Hello;
import org.almosttls.record.RecordVersions;

/** What Bob says first (AlmostTLSv1 §3): hello. */
public final class SayHello {

    private SayHello() {}

    /**
     * Sends Hello.
     *
     * @throws TlsAlertException NO_SESSION_TO_RESUME: each connection is a session, and no new one is wanted
     */
    public static Transition begin(TlsConfig config) throws TlsAlertException {
        Violation.NO_SESSION_TO_RESUME.when(config.sessions().newSessions() == NewSessions.REFUSED);
        return AlmostTls.spokenFrom(Transition.to(new WaitCertificate(config)).expectRecords(RecordVersions.ALMOST))
                .send(EncodedMessage.of(new Hello()));
    }
}
