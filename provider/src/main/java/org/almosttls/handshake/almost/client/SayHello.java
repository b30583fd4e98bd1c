package org.almosttls.handshake.almost.client;

import org.almosttls.config.TlsConfig;
import org.almosttls.handshake.Transition;
import org.almosttls.handshake.almost.AlmostTls;
import org.almosttls.message.EncodedMessage;
import org.almosttls.message.Hello;
import org.almosttls.record.RecordVersions;

/** What Bob says first (AlmostTLSv1 §3): hello. */
public final class SayHello {

    private SayHello() {}

    /** Sends Hello. */
    public static Transition begin(TlsConfig config) {
        return AlmostTls.spokenFrom(Transition.to(new WaitCertificate(config)).expectRecords(RecordVersions.ALMOST))
                .send(EncodedMessage.of(new Hello()));
    }
}
