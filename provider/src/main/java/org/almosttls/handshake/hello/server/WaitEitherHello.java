package org.almosttls.handshake.hello.server;

import org.almosttls.alert.TlsAlertException;
import org.almosttls.config.TlsConfig;
import org.almosttls.handshake.HandshakeState;
import org.almosttls.handshake.Received;
import org.almosttls.handshake.Transition;
import org.almosttls.handshake.almost.server.WaitHello;
import org.almosttls.handshake.tls12.Past;
import org.almosttls.message.Hello;
import org.almosttls.record.RecordVersions;

/** Nothing has come yet, and TLS and AlmostTLSv1 are both enabled: the first record says which it is. */
public record WaitEitherHello(TlsConfig config, Past past) implements HandshakeState {

    @Override
    public Transition receive(Received in) throws TlsAlertException {
        if (in.message() instanceof Hello) return new WaitHello(config).receive(in);
        // AlmostTLSv1 §2: each family's hello in a record of its own.
        return new WaitClientHello(config, past).receive(in).expectRecords(RecordVersions.TLS);
    }
}
