package org.almosttls.control;

import java.security.Provider;
import org.almosttls.testkit.Contexts;

/** The provider that is tried, in both roles. */
enum Stack {
    SUN_JSSE(Contexts.PLATFORM),
    ALMOST_TLS(Contexts.OURS);

    private final Provider provider;

    Stack(Provider provider) {
        this.provider = provider;
    }

    Provider provider() {
        return provider;
    }

    boolean isOurs() {
        return this == ALMOST_TLS;
    }
}
