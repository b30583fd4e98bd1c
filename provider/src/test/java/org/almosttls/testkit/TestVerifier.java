package org.almosttls.testkit;

import java.security.GeneralSecurityException;
import java.security.cert.CertificateException;
import java.security.cert.X509Certificate;
import java.util.ArrayList;
import java.util.List;
import org.almosttls.config.PeerIdentity;
import org.almosttls.config.PeerVerifier;

/** Trusts what the test CA has signed, and remembers whom it judged. */
public final class TestVerifier extends PeerVerifier {

    private final List<PeerIdentity> judged = new ArrayList<>();

    public List<PeerIdentity> judged() {
        return List.copyOf(judged);
    }

    @Override
    protected void check(PeerIdentity identity) throws CertificateException {
        judged.add(identity);
        try {
            identity.chain().get(0).verify(TestCertificates.ca().getPublicKey());
        } catch (GeneralSecurityException foreign) {
            throw new CertificateException("not signed by the test CA", foreign);
        }
    }

    @Override
    public List<X509Certificate> acceptedIssuers() {
        return List.of(TestCertificates.ca());
    }
}
