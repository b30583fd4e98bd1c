package org.almosttls.handshake.tls12.server;

import java.security.cert.X509Certificate;
import java.util.List;
import org.almosttls.handshake.Authenticated;
import org.almosttls.handshake.tls12.Agreement;
import org.almosttls.keyschedule.Transcript;

/** A handshake whose server has said its part, and whose keys wait for the client's. Owns the key to exchange with. */
record Exchange(Agreement agreement, Authenticated authenticated, ExchangeKey key, Transcript transcript)
        implements AutoCloseable {

    Exchange plus(byte[] message) {
        return new Exchange(agreement, authenticated, key, transcript.plus(message));
    }

    Exchange withPeer(List<X509Certificate> chain) {
        return new Exchange(agreement, authenticated.withPeer(chain), key, transcript);
    }

    @Override
    public void close() {
        key.close();
    }
}
