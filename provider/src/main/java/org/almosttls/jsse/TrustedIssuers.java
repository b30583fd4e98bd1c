package org.almosttls.jsse;

import java.nio.charset.StandardCharsets;
import java.security.cert.CertificateEncodingException;
import java.security.cert.X509Certificate;
import java.util.Arrays;
import java.util.Optional;
import java.util.function.Supplier;
import javax.net.ssl.X509ExtendedTrustManager;
import org.almosttls.crypto.CryptoBackend;
import org.almosttls.crypto.Randomness;
import org.almosttls.registry.HashAlgorithm;
import org.almosttls.store.Reloading;

/**
 * Whom a context trusts, as far as two contexts can tell each other: who was let in by one of them on its word may go on
 * at the other only if that would have let him in. A trust manager of another class may judge otherwise, and one that
 * names no issuers is like no other.
 */
final class TrustedIssuers {

    private static final int UNIQUE_LENGTH = 32;

    private final X509ExtendedTrustManager trust;
    private final Supplier<CryptoBackend> crypto;
    private final Randomness randomness;
    private Optional<Named> last = Optional.empty();

    /** Whom it names when stores have changed so often. */
    private record Named(long changes, byte[] digest) {}

    TrustedIssuers(X509ExtendedTrustManager trust, Supplier<CryptoBackend> crypto, Randomness randomness) {
        this.trust = trust;
        this.crypto = crypto;
        this.randomness = randomness;
    }

    /**
     * Of all of them, in whatever order; found out when it is first asked for.
     *
     * @param changes as {@link Reloading#changes} counts them: after another number it is found out again
     */
    synchronized byte[] digest(long changes) {
        if (last.filter(it -> it.changes == changes).isEmpty())
            last = Optional.of(new Named(changes, named().orElseGet(() -> randomness.bytes(UNIQUE_LENGTH))));
        return last.get().digest;
    }

    private Optional<byte[]> named() {
        try {
            var issuers = trust.getAcceptedIssuers();
            if (issuers == null || issuers.length == 0) return Optional.empty();
            var each = new byte[issuers.length + 1][];
            for (int i = 0; i < issuers.length; i++) each[i] = digest(issuers[i]);
            Arrays.sort(each, 0, issuers.length, Arrays::compare);
            each[issuers.length] = PlainTrust.judgeOf(trust).getBytes(StandardCharsets.UTF_8);
            return Optional.of(crypto.get().hash(HashAlgorithm.SHA256, each));
        } catch (CertificateEncodingException | RuntimeException unhelpful) {
            // An application's own trust manager may have no answer; its sessions are just not those of others.
            return Optional.empty();
        }
    }

    private byte[] digest(X509Certificate issuer) throws CertificateEncodingException {
        return crypto.get().hash(HashAlgorithm.SHA256, issuer.getEncoded());
    }
}
