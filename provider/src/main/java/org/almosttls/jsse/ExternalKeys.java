package org.almosttls.jsse;

import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import javax.crypto.SecretKey;
import org.almosttls.config.Credential;
import org.almosttls.config.CredentialRequest;
import org.almosttls.config.CredentialSource;
import org.almosttls.config.ExternalKey;
import org.almosttls.crypto.Secret;
import org.almosttls.registry.HashAlgorithm;

/** The keys that an application has given to one engine or socket (RFC 8446 §2.2); they stay the application's. */
final class ExternalKeys {

    private static final Map<String, HashAlgorithm> HASHES =
            Map.of("SHA-256", HashAlgorithm.SHA256, "SHA-384", HashAlgorithm.SHA384);

    private final List<Offered> offered = new ArrayList<>();
    private final Map<HashAlgorithm, Function<byte[], Optional<SecretKey>>> lookups =
            new EnumMap<>(HashAlgorithm.class);

    /** What is copied when it is needed. */
    private record Offered(byte[] identity, SecretKey key, HashAlgorithm hash) {
        ExternalKey copy() {
            return new ExternalKey(identity.clone(), secretOf(key), hash);
        }
    }

    synchronized void offer(byte[] identity, SecretKey key, String hash) {
        var all = new Offered(identity.clone(), key, hashOf(hash));
        all.copy().close();
        offered.add(all);
    }

    synchronized void accept(String hash, Function<byte[], Optional<SecretKey>> keyOf) {
        if (keyOf == null) throw new IllegalArgumentException("a function expected");
        lookups.put(hashOf(hash), keyOf);
    }

    private static HashAlgorithm hashOf(String name) {
        var hash = HASHES.get(name);
        if (hash == null) throw new IllegalArgumentException("SHA-256 or SHA-384 expected, and not " + name);
        return hash;
    }

    private static Secret secretOf(SecretKey key) {
        byte[] octets = key.getEncoded();
        if (octets == null) throw new IllegalArgumentException("a key is needed whose octets can be had");
        return Secret.owning(octets);
    }

    private synchronized List<ExternalKey> copies() {
        return offered.stream().map(Offered::copy).toList();
    }

    private synchronized Set<HashAlgorithm> hashes() {
        return Set.copyOf(lookups.keySet());
    }

    private synchronized Optional<Function<byte[], Optional<SecretKey>>> lookup(HashAlgorithm hash) {
        return Optional.ofNullable(lookups.get(hash));
    }

    /** With these certificates beside them. */
    CredentialSource beside(CredentialSource certificates) {
        return new CredentialSource() {
            @Override
            public Optional<Credential> select(CredentialRequest request) {
                return certificates.select(request);
            }

            @Override
            public List<ExternalKey> externalKeys() {
                return copies();
            }

            @Override
            public Set<HashAlgorithm> externalHashes() {
                return hashes();
            }

            @Override
            public Optional<Secret> externalKey(byte[] identity, HashAlgorithm hash) {
                return lookup(hash)
                        .flatMap(keyOf -> keyOf.apply(identity.clone()))
                        .map(ExternalKeys::secretOf);
            }
        };
    }

    @Override
    public String toString() {
        return "ExternalKeys";
    }
}
