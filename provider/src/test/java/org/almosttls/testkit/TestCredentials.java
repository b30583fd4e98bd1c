package org.almosttls.testkit;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.almosttls.config.Credential;
import org.almosttls.config.CredentialRequest;
import org.almosttls.config.CredentialSource;

/** Selects by kind of key only, and remembers what it was asked for. */
public final class TestCredentials implements CredentialSource {

    private final List<TestIdentity> identities;
    private final List<CredentialRequest> requests = new ArrayList<>();

    public TestCredentials(List<TestIdentity> identities) {
        this.identities = identities;
    }

    public List<CredentialRequest> requests() {
        return List.copyOf(requests);
    }

    @Override
    public Optional<Credential> select(CredentialRequest request) {
        requests.add(request);
        return request.keyTypes().stream()
                .flatMap(keyType -> identities.stream()
                        .filter(identity -> identity.key().getAlgorithm().equals(keyType)))
                .map(TestIdentity::credential)
                .findFirst();
    }
}
