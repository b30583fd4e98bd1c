package org.almosttls.handshake.tls13;

import org.almosttls.crypto.Secret;
import org.almosttls.keyschedule.EarlySecret;
import org.almosttls.keyschedule.HandshakeSecret;
import org.almosttls.keyschedule.TrafficSecret;
import org.almosttls.keyschedule.Transcript;
import org.almosttls.registry.Role;

/** RFC 8446 §7.1: the secrets of the phase in which messages are encrypted, and data does not flow yet. Owns them. */
public record HandshakeKeys(HandshakeSecret secret, TrafficSecret client, TrafficSecret server)
        implements AutoCloseable {

    /**
     * Both arguments that are secrets stay their owners' to close.
     *
     * @param hellos the transcript up to and including ServerHello
     */
    public static HandshakeKeys derive(Agreement agreement, EarlySecret early, Secret shared, Transcript hellos) {
        byte[] hash = agreement.hash(hellos);
        var secret = early.handshakeSecret(shared);
        return new HandshakeKeys(
                secret, secret.trafficSecret(Role.CLIENT, hash), secret.trafficSecret(Role.SERVER, hash));
    }

    public TrafficSecret of(Role sender) {
        return sender == Role.CLIENT ? client : server;
    }

    @Override
    public void close() {
        secret.close();
        client.close();
        server.close();
    }

    @Override
    public String toString() {
        return "HandshakeKeys";
    }
}
