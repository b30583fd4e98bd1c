package org.almosttls.handshake.hello;

import org.almosttls.alert.TlsAlertException;
import org.almosttls.config.NextHandshake;
import org.almosttls.config.OnRequest.Feature;
import org.almosttls.config.TlsConfig;
import org.almosttls.handshake.Transition;
import org.almosttls.handshake.hello.client.Start;
import org.almosttls.handshake.hello.server.WaitClientHello;
import org.almosttls.handshake.tls12.Renegotiation;
import org.almosttls.handshake.tls12.Renewal;

/** The hellos of a handshake that follows another (RFC 5746): as the first, but of the version agreed on already. */
record NextHello(TlsConfig first, NextHandshake next) implements Renewal {

    @Override
    public boolean isEnabled() {
        return first.onRequest().has(Feature.RENEGOTIATION);
    }

    @Override
    public boolean heedsPeer() {
        return next.heedsPeer();
    }

    @Override
    public long nanoTime() {
        return first.clock().nanoTime();
    }

    @Override
    public Transition begin(Renegotiation past) throws TlsAlertException {
        var config = next.config().only(past.session().version());
        return switch (first.role()) {
            case CLIENT -> Start.begin(config, past);
            case SERVER -> Transition.to(new WaitClientHello(config, past));
        };
    }
}
