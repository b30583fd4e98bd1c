package org.almosttls.testkit;

import java.util.function.UnaryOperator;
import org.almosttls.alert.TlsAlertException;
import org.almosttls.config.TlsConfig;
import org.almosttls.engine.PeerAlertException;

/** A client and a server that share nothing but the bytes they exchange. */
public final class ConnectionPair {

    private final End client;
    private final End server;

    public ConnectionPair(TlsConfig client, TlsConfig server) {
        this(new End(client), new End(server));
    }

    public ConnectionPair(End client, End server) {
        this.client = client;
        this.server = server;
    }

    public End client() {
        return client;
    }

    public End server() {
        return server;
    }

    /** Carries bytes to and fro until neither end has any to send. */
    public void handshake() throws TlsAlertException, PeerAlertException {
        handshake(bytes -> bytes);
    }

    /** As {@link #handshake()}, with somebody on the wire who may change the bytes of each flight. */
    public void handshake(UnaryOperator<byte[]> mallory) throws TlsAlertException, PeerAlertException {
        while (carry(client, server, mallory) | carry(server, client, mallory)) {}
    }

    /** Carries what one end has to send to the other; whether there was anything. */
    public static boolean carry(End from, End to, UnaryOperator<byte[]> mallory)
            throws TlsAlertException, PeerAlertException {
        byte[] bytes = mallory.apply(from.flush());
        if (bytes.length == 0) return false;
        to.deliver(bytes);
        to.receive();
        return true;
    }
}
