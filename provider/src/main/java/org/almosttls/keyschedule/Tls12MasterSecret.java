package org.almosttls.keyschedule;

import java.util.Optional;
import org.almosttls.crypto.Secret;
import org.almosttls.registry.Role;
import org.almosttls.registry.Tls12Suite;
import org.almosttls.wire.WireWriter;

/** The master secret of a TLS 1.2 session (RFC 5246 §8.1), and what is lawfully derived from it. */
public final class Tls12MasterSecret implements AutoCloseable {

    private static final int LENGTH = 48;
    private static final int VERIFY_DATA_LENGTH = 12;

    private final Prf prf;
    private final Secret secret;

    private Tls12MasterSecret(Prf prf, Secret secret) {
        this.prf = prf;
        this.secret = secret;
    }

    /** RFC 5246 §8.1. The premaster secret stays its owner's to close. */
    public static Tls12MasterSecret from(Prf prf, Secret premaster, byte[] clientRandom, byte[] serverRandom) {
        return new Tls12MasterSecret(prf, prf.expand(premaster, "master secret", LENGTH, clientRandom, serverRandom));
    }

    /**
     * RFC 7627 §4: bound to the handshake that made it. The premaster secret stays its owner's to close.
     *
     * @param sessionHash the transcript's hash up to and including ClientKeyExchange
     */
    public static Tls12MasterSecret extended(Prf prf, Secret premaster, byte[] sessionHash) {
        return new Tls12MasterSecret(prf, prf.expand(premaster, "extended master secret", LENGTH, sessionHash));
    }

    /** RFC 5246 §7.3: that of the session which is resumed; takes the secret over. */
    public static Tls12MasterSecret resumed(Prf prf, Secret master) {
        return new Tls12MasterSecret(prf, master);
    }

    /** RFC 5246 §7.4.9: what the Finished of {@code sender} says; {@code transcriptHash} by the PRF's hash. */
    public byte[] verifyData(Role sender, byte[] transcriptHash) {
        String label = sender == Role.CLIENT ? "client finished" : "server finished";
        return prf.expand(secret, label, VERIFY_DATA_LENGTH, transcriptHash).bytes();
    }

    /** RFC 5246 §7.4.9: whether {@code claimed} is the verify_data of {@code sender}, in constant time. */
    public boolean verifies(Role sender, byte[] transcriptHash, byte[] claimed) {
        try (var expected = Secret.owning(verifyData(sender, transcriptHash))) {
            return expected.matches(claimed);
        }
    }

    /** RFC 5246 §6.3. */
    public KeyBlock keyBlock(Tls12Suite suite, byte[] clientRandom, byte[] serverRandom) {
        // RFC 5246 §6.3: here, unlike in §8.1, the server's random comes first.
        return KeyBlock.of(
                suite, prf.expand(secret, "key expansion", KeyBlock.lengthFor(suite), serverRandom, clientRandom));
    }

    /** RFC 5705 §4: for applications; here again the client's random comes first. */
    public Secret export(String label, byte[] clientRandom, byte[] serverRandom, Optional<byte[]> context, int length) {
        return context.isEmpty()
                ? prf.expand(secret, label, length, clientRandom, serverRandom)
                : prf.expand(secret, label, length, clientRandom, serverRandom, withLength(context.get()));
    }

    /** RFC 5705 §4: the context behind its length of 16 bits, which tells an empty one from none. */
    private static byte[] withLength(byte[] context) {
        return new WireWriter().opaque16(context).toByteArray();
    }

    /** The same with a secret of its own. */
    public Tls12MasterSecret copy() {
        return new Tls12MasterSecret(prf, secret.slice(0, secret.length()));
    }

    /** The 48 octets themselves, which stay ours to close: for the key log, and for the session to be resumed. */
    public Secret secret() {
        return secret;
    }

    @Override
    public void close() {
        secret.close();
    }

    @Override
    public String toString() {
        return "Tls12MasterSecret";
    }
}
