package org.almosttls.testkit;

import org.almosttls.config.ClientAuthentication;
import org.almosttls.config.NextHandshake;
import org.almosttls.config.TlsConfig;
import org.almosttls.handshake.Transition;
import org.almosttls.handshake.tls12.FirstHandshake;
import org.almosttls.handshake.tls12.Renegotiation;
import org.almosttls.handshake.tls12.Renewal;

/** Of a connection that has one handshake and no other. */
public record NoRenewal() implements Renewal {

    public static FirstHandshake firstHandshake() {
        return new FirstHandshake(new NoRenewal());
    }

    @Override
    public NextHandshake next() {
        return new NextHandshake() {
            @Override
            public boolean heedsPeer() {
                return false;
            }

            @Override
            public ClientAuthentication asks() {
                return ClientAuthentication.NONE;
            }

            @Override
            public TlsConfig config() {
                throw new AssertionError("a further handshake");
            }
        };
    }

    @Override
    public boolean isEnabled() {
        return false;
    }

    @Override
    public boolean heedsPeer() {
        return false;
    }

    @Override
    public long nanoTime() {
        return 0;
    }

    @Override
    public Transition begin(Renegotiation past) {
        throw new AssertionError("a further handshake");
    }
}
