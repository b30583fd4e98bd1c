package org.almosttls.jsse;

import java.io.IOException;
import java.security.GeneralSecurityException;
import java.security.KeyManagementException;
import java.security.SecureRandom;
import javax.net.ssl.KeyManager;
import javax.net.ssl.TrustManager;

/**
 * The context of {@code SSLContext.getDefault()}: keys and trust of the {@code javax.net.ssl} properties, read when the
 * context is made, as applications set them just before.
 */
public final class AlmostSslContextDefault extends AlmostSslContext {

    /** @throws KeyManagementException if a store cannot be read */
    public AlmostSslContextDefault(Lending lending, Scope scope) throws KeyManagementException {
        super(lending, scope);
        var trust = read("trust", () -> DefaultStores.trust(lending.reloading()));
        initialise(read("key", () -> DefaultStores.keys(lending.reloading())), trust, null);
    }

    @FunctionalInterface
    private interface Source<T> {
        T read() throws GeneralSecurityException, IOException;
    }

    private static <T> T read(String what, Source<T> source) throws KeyManagementException {
        try {
            return source.read();
        } catch (GeneralSecurityException | IOException | IllegalArgumentException e) {
            throw new KeyManagementException("the default " + what + " store cannot be read: " + e.getMessage(), e);
        }
    }

    /** As the platform's default context: it is initialised already. */
    @Override
    protected void engineInit(KeyManager[] keys, TrustManager[] trust, SecureRandom random)
            throws KeyManagementException {
        throw new KeyManagementException("Default SSLContext is initialized automatically");
    }
}
