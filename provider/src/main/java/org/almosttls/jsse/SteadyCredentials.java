package org.almosttls.jsse;

import java.util.Optional;
import java.util.function.LongSupplier;
import org.almosttls.config.Credential;
import org.almosttls.config.CredentialRequest;
import org.almosttls.config.CredentialSource;

/** Asks again if a store changed meanwhile, so that no key of one goes with a chain of the other. */
record SteadyCredentials(CredentialSource keys, LongSupplier changes) implements CredentialSource {

    private static final int MOST_TIMES = 3;

    @Override
    public Optional<Credential> select(CredentialRequest request) {
        for (int times = 1; ; times++) {
            long before = changes.getAsLong();
            var selected = keys.select(request);
            if (before == changes.getAsLong() || times == MOST_TIMES) return selected;
        }
    }
}
