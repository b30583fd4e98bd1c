package org.almosttls.config;

import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.almosttls.crypto.Secret;
import org.almosttls.registry.HashAlgorithm;

/** Where this end's certificates come from, and the keys that it shares with its peers by other means. */
@FunctionalInterface
public interface CredentialSource {

    /** The credential that fits best, if any. May be slow: never called while a connection is locked. */
    Optional<Credential> select(CredentialRequest request);

    /** For a client: the keys to offer (RFC 8446 §2.2), the best first, which the caller closes. Quick. */
    default List<ExternalKey> externalKeys() {
        return List.of();
    }

    /** For a server: the hashes that it has such keys for; none if it has no keys. Quick. */
    default Set<HashAlgorithm> externalHashes() {
        return Set.of();
    }

    /**
     * For a server: the key of this identity that is used with this hash, which the caller closes. May be slow, as
     * {@link #select}.
     */
    default Optional<Secret> externalKey(byte[] identity, HashAlgorithm hash) {
        return Optional.empty();
    }

    static CredentialSource none() {
        return request -> Optional.empty();
    }
}
