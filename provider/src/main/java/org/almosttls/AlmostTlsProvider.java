package org.almosttls;

import java.security.Provider;

/** The provider {@code AlmostTLS}: real TLS as an ordinary {@code SSLContext}. */
public final class AlmostTlsProvider extends Provider {

    private static final long serialVersionUID = 1L;

    public AlmostTlsProvider() {
        super("AlmostTLS", "0.1.0", "The TLS stack for the JVM that explains itself");
    }
}
