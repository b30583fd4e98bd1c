package org.almosttls.config;

import java.security.cert.X509Certificate;
import java.util.List;

/** A peer whose certificates were judged good. Only {@link PeerVerifier} makes one. */
public final class VerifiedPeer {

    private final List<X509Certificate> chain;

    VerifiedPeer(List<X509Certificate> chain) {
        this.chain = List.copyOf(chain);
    }

    /** The peer's own certificate first. */
    public List<X509Certificate> chain() {
        return chain;
    }

    public X509Certificate certificate() {
        return chain.get(0);
    }
}
