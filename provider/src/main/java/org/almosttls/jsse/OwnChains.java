package org.almosttls.jsse;

import java.nio.ByteBuffer;
import java.security.cert.CertificateEncodingException;
import java.security.cert.X509Certificate;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.LongSupplier;
import java.util.function.Supplier;
import java.util.stream.Stream;
import javax.net.ssl.X509ExtendedKeyManager;
import org.almosttls.crypto.CryptoBackend;
import org.almosttls.registry.HashAlgorithm;
import org.almosttls.store.Reloading;

/**
 * The certificates of a server, by the digest of the first of a chain: a session goes on only with a server that still
 * is, or also is, who the client took it for when the session began.
 */
final class OwnChains {

    private static final int MOST = 64;

    /** What key managers call the keys that a server of ours may have. */
    private static final List<String> KEY_TYPES = List.of("EC", "RSA", "EdDSA", "RSASSA-PSS", "ML-DSA");

    private final X509ExtendedKeyManager keys;
    private final Supplier<CryptoBackend> crypto;
    private final LongSupplier changes;
    private final Map<ByteBuffer, List<X509Certificate>> used = new LinkedHashMap<>();
    private long usedAfter;

    /** @param changes of stores: what was used before one may be this end's no longer */
    OwnChains(X509ExtendedKeyManager keys, Supplier<CryptoBackend> crypto, LongSupplier changes) {
        this.keys = keys;
        this.crypto = crypto;
        this.changes = changes;
    }

    /** Whether no store has changed since {@link Reloading#changes} was this. */
    boolean areStill(long then) {
        return changes.getAsLong() == then;
    }

    /** Its digest; a key manager need not list what it has, so what it gave is remembered. */
    synchronized byte[] remember(List<X509Certificate> chain) {
        forgetFormer();
        var digest = digest(chain);
        used.putIfAbsent(ByteBuffer.wrap(digest), chain);
        if (used.size() > MOST) used.remove(used.keySet().iterator().next());
        return digest;
    }

    synchronized Optional<List<X509Certificate>> find(byte[] digest) {
        forgetFormer();
        var known = Optional.ofNullable(used.get(ByteBuffer.wrap(digest)));
        if (known.isPresent()) return known;
        var listed =
                listed().filter(chain -> Arrays.equals(digest, digest(chain))).findFirst();
        listed.ifPresent(this::remember);
        return listed;
    }

    private void forgetFormer() {
        long now = changes.getAsLong();
        if (now != usedAfter) used.clear();
        usedAfter = now;
    }

    private Stream<List<X509Certificate>> listed() {
        return KEY_TYPES.stream()
                .flatMap(type -> Stream.ofNullable(keys.getServerAliases(type, null)))
                .flatMap(Arrays::stream)
                .flatMap(alias -> Stream.ofNullable(keys.getCertificateChain(alias)))
                .filter(chain -> chain.length > 0)
                .map(List::of);
    }

    private byte[] digest(List<X509Certificate> chain) {
        if (chain.isEmpty()) return new byte[0];
        try {
            return crypto.get().hash(HashAlgorithm.SHA256, chain.get(0).getEncoded());
        } catch (CertificateEncodingException unencodable) {
            throw new IllegalStateException(unencodable);
        }
    }
}
