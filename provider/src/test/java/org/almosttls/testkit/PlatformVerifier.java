package org.almosttls.testkit;

import java.security.GeneralSecurityException;
import java.security.cert.CertificateException;
import java.security.cert.X509Certificate;
import java.util.List;
import javax.net.ssl.TrustManagerFactory;
import javax.net.ssl.X509TrustManager;
import org.almosttls.config.PeerIdentity;
import org.almosttls.config.PeerVerifier;
import org.almosttls.registry.Role;

/** Trusts what the platform finds a path for to one of these. */
public final class PlatformVerifier extends PeerVerifier {

    private final X509TrustManager manager;

    public PlatformVerifier(X509Certificate... anchors) {
        try {
            var factory = TrustManagerFactory.getInstance("PKIX", "SunJSSE");
            factory.init(TestCertificates.trustStore(anchors));
            manager = (X509TrustManager) factory.getTrustManagers()[0];
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }

    @Override
    protected void check(PeerIdentity identity) throws CertificateException {
        var chain = identity.chain().toArray(X509Certificate[]::new);
        if (identity.role() == Role.SERVER) manager.checkServerTrusted(chain, identity.authType());
        else manager.checkClientTrusted(chain, identity.authType());
    }

    @Override
    public List<X509Certificate> acceptedIssuers() {
        return List.of(manager.getAcceptedIssuers());
    }
}
