package org.almosttls.config;

import java.util.Optional;

/** Where this end's certificates come from. */
@FunctionalInterface
public interface CredentialSource {

    /** The credential that fits best, if any. May be slow: never called while a connection is locked. */
    Optional<Credential> select(CredentialRequest request);

    static CredentialSource none() {
        return request -> Optional.empty();
    }
}
