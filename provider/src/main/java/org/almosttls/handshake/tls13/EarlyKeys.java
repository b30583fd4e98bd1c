package org.almosttls.handshake.tls13;

import org.almosttls.config.TlsConfig;
import org.almosttls.event.TlsEvent.SecretDerived;
import org.almosttls.handshake.Completion;
import org.almosttls.handshake.Transition;
import org.almosttls.keyschedule.EarlySecret;
import org.almosttls.keyschedule.TrafficSecret;
import org.almosttls.keyschedule.Transcript;
import org.almosttls.message.ClientHello;
import org.almosttls.record.RecordProtection;
import org.almosttls.record.Tls13Protections;
import org.almosttls.registry.Tls13Suite;

/**
 * RFC 8446 §7.1: what protects early data, before anything is agreed. Owns the secret.
 *
 * @param suite of the session that goes on
 * @param clientRandom by which key logs tell connections apart
 */
public record EarlyKeys(TlsConfig config, Tls13Suite suite, byte[] clientRandom, TrafficSecret secret)
        implements Completion {

    /**
     * The early secret stays its owner's to close.
     *
     * @param seen up to and including the hello
     */
    public static EarlyKeys derive(
            TlsConfig config, Tls13Suite suite, EarlySecret early, ClientHello hello, Transcript seen) {
        byte[] hash = seen.hash(config.crypto(), suite.hash());
        return new EarlyKeys(config, suite, hello.random(), early.clientEarlyTrafficSecret(hash));
    }

    /** For a client, whose records have no limit yet but its own. */
    public RecordProtection sealing() {
        try (var keys = secret.recordKeys(suite)) {
            return protections().sealing(keys, Agreement.padding(config));
        }
    }

    /** For a server; the client does not know its limits yet (RFC 8449 §4). */
    public RecordProtection opening() {
        try (var keys = secret.recordKeys(suite)) {
            return protections().opening(keys);
        }
    }

    private Tls13Protections protections() {
        return new Tls13Protections(suite, config.crypto());
    }

    /** RFC 9850 §2.1: the label of a key log. */
    public Transition toldBy(Transition transition) {
        return transition.report(new SecretDerived("CLIENT_EARLY_TRAFFIC_SECRET", clientRandom, secret.secret()));
    }

    @Override
    public void close() {
        secret.close();
    }

    @Override
    public String toString() {
        return "EarlyKeys";
    }
}
