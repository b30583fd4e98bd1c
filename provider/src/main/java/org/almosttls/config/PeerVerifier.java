package org.almosttls.config;

import java.security.cert.CertificateException;
import java.security.cert.X509Certificate;
import java.util.List;
import org.almosttls.alert.TlsAlertException;

/** Judges a peer's certificates: their chain, their validity, and whether they are for the name that was meant. */
public abstract class PeerVerifier {

    /** May be slow: never called while a connection is locked. Throws the violation that says what was wrong. */
    public final VerifiedPeer verify(PeerIdentity identity) throws TlsAlertException {
        try {
            check(identity);
        } catch (CertificateException refused) {
            throw CertificateVerdict.of(
                            refused, !identity.facts().statusResponses().isEmpty())
                    .causedBy(refused);
        }
        return new VerifiedPeer(identity.chain());
    }

    /** Returns only if the peer is who it says. */
    protected abstract void check(PeerIdentity identity) throws CertificateException;

    /** The issuers to name in a CertificateRequest. */
    public abstract List<X509Certificate> acceptedIssuers();
}
