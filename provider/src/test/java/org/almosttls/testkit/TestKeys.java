package org.almosttls.testkit;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.almosttls.config.Credential;
import org.almosttls.config.CredentialRequest;
import org.almosttls.config.CredentialSource;
import org.almosttls.config.ExternalKey;
import org.almosttls.crypto.Secret;
import org.almosttls.registry.HashAlgorithm;

/** Keys that an end has by other means, beside its certificates if it has any; remembers what it gave away. */
public final class TestKeys implements CredentialSource {

    private final CredentialSource certificates;
    private final List<ExternalKey> keys = new ArrayList<>();
    private final List<Secret> handedOut = new ArrayList<>();

    public TestKeys(TestIdentity... identities) {
        this.certificates = new TestCredentials(List.of(identities));
    }

    /** One more, whose octets all have this value. */
    public TestKeys plus(String identity, int octet, HashAlgorithm hash) {
        byte[] octets = new byte[32];
        Arrays.fill(octets, (byte) octet);
        keys.add(new ExternalKey(identity.getBytes(StandardCharsets.UTF_8), Secret.owning(octets), hash));
        return this;
    }

    /** Every secret that a connection was given. */
    public List<Secret> handedOut() {
        return List.copyOf(handedOut);
    }

    @Override
    public Optional<Credential> select(CredentialRequest request) {
        return certificates.select(request);
    }

    @Override
    public List<ExternalKey> externalKeys() {
        return keys.stream()
                .map(key -> new ExternalKey(key.identity(), given(key.key()), key.hash()))
                .toList();
    }

    @Override
    public Set<HashAlgorithm> externalHashes() {
        return keys.stream().map(ExternalKey::hash).collect(Collectors.toSet());
    }

    @Override
    public Optional<Secret> externalKey(byte[] identity, HashAlgorithm hash) {
        return keys.stream()
                .filter(key -> Arrays.equals(key.identity(), identity) && key.hash() == hash)
                .map(key -> given(key.key()))
                .findFirst();
    }

    private Secret given(Secret key) {
        var copy = key.slice(0, key.length());
        handedOut.add(copy);
        return copy;
    }
}
