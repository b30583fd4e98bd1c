package org.almosttls.handshake.hello;

import org.almosttls.alert.TlsAlertException;
import org.almosttls.config.TlsConfig;
import org.almosttls.handshake.Transition;
import org.almosttls.handshake.hello.client.Start;
import org.almosttls.handshake.hello.server.WaitClientHello;
import org.almosttls.message.HandshakeDecoder;

/** Where every handshake begins. */
public final class Handshakes {

    private Handshakes() {}

    /**
     * The first state of a connection, and what to do before anything comes.
     *
     * @throws TlsAlertException NOTHING_TO_OFFER if the configuration leaves a client nothing to say
     */
    public static Transition begin(TlsConfig config) throws TlsAlertException {
        return switch (config.role()) {
            case CLIENT -> Start.begin(config);
            case SERVER -> Transition.to(new WaitClientHello(config)).decode(HandshakeDecoder.HELLOS);
        };
    }
}
