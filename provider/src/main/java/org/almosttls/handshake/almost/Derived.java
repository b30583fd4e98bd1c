package org.almosttls.handshake.almost;

import java.security.cert.X509Certificate;
import java.util.List;
import java.util.Optional;
import org.almosttls.config.NegotiatedSession;
import org.almosttls.config.RecordSizes;
import org.almosttls.config.Textbook.Mechanism;
import org.almosttls.config.TlsConfig;
import org.almosttls.crypto.Secret;
import org.almosttls.event.TlsEvent.SecretDerived;
import org.almosttls.handshake.Completion;
import org.almosttls.handshake.Transition;
import org.almosttls.keyschedule.AlmostKeys;
import org.almosttls.record.Aligned;
import org.almosttls.record.AlmostProtections;
import org.almosttls.registry.CipherSuite;
import org.almosttls.registry.CompressionMethod;
import org.almosttls.registry.ProtocolVersion;
import org.almosttls.registry.Role;

/**
 * AlmostTLSv1 §5: the master secret is known to both ends, and with it the four keys. Owns them all.
 *
 * @param alice her certificates: those that Bob has verified, or that Alice has sent
 */
public record Derived(TlsConfig config, Secret masterSecret, AlmostKeys keys, List<X509Certificate> alice)
        implements Completion {

    private static final byte[] NO_NONCE = {};

    /** Takes the master secret over. */
    public static Derived of(TlsConfig config, Secret masterSecret, List<X509Certificate> alice) {
        try {
            return new Derived(config, masterSecret, keysOf(config, masterSecret), alice);
        } catch (RuntimeException | Error broken) {
            masterSecret.close();
            throw broken;
        }
    }

    private static AlmostKeys keysOf(TlsConfig config, Secret masterSecret) {
        return config.textbook().has(Mechanism.KEYS_PER_DIRECTION)
                ? AlmostKeys.derive(config.crypto(), masterSecret)
                : AlmostKeys.deriveOnePair(config.crypto(), masterSecret);
    }

    /** The data phase begins: what is sent and received after {@code transition} is in protected records. */
    public Transition protectedFrom(Transition transition, Aligned proof) {
        var role = config.role();
        reported(transition);
        return transition
                .protectReads(protections().opening(keys.writtenBy(role.peer())), proof)
                .protectWrites(protections().sealing(keys.writtenBy(role)))
                .establish(session())
                .erase(this);
    }

    /** For who is entitled to them, by the names they have in the textbook. */
    private void reported(Transition transition) {
        transition
                .report(new SecretDerived("MS", NO_NONCE, masterSecret))
                .report(new SecretDerived("E_B", NO_NONCE, keys.bob().key()))
                .report(new SecretDerived("M_B", NO_NONCE, keys.bob().mac()))
                .report(new SecretDerived("E_A", NO_NONCE, keys.alice().key()))
                .report(new SecretDerived("M_A", NO_NONCE, keys.alice().mac()));
    }

    private AlmostProtections protections() {
        var protections = new AlmostProtections(config.crypto(), config.randomness());
        var textbook = config.textbook();
        if (!textbook.has(Mechanism.ENCRYPTION)) protections.withoutEncryption();
        if (!textbook.has(Mechanism.HMAC)) protections.withoutHmac();
        if (!textbook.has(Mechanism.SEQUENCE_NUMBERS)) protections.withoutSequenceNumbers();
        return protections;
    }

    private NegotiatedSession session() {
        boolean bob = config.role() == Role.CLIENT;
        return new NegotiatedSession(
                ProtocolVersion.ALMOST_1,
                CipherSuite.ALMOST_RSA_OAEP_WITH_AES_128_CBC_HMAC_SHA256,
                NO_NONCE,
                config.clock().now(),
                Optional.empty(),
                Optional.empty(),
                List.of(),
                false,
                RecordSizes.MAX_PLAINTEXT,
                CompressionMethod.NULL,
                bob ? alice : List.of(),
                bob ? List.of() : alice,
                config.serverName().stream().toList(),
                Optional.empty(),
                List.of());
    }

    @Override
    public void close() {
        masterSecret.close();
        keys.close();
    }

    @Override
    public String toString() {
        return "Derived";
    }
}
