package org.almosttls.config;

import java.security.cert.X509Certificate;
import java.util.List;
import java.util.Optional;

/** Where a server has OCSP responses for its own certificates from (RFC 6066 §8). */
@FunctionalInterface
public interface StapleSource {

    /**
     * The DER of a response for the first certificate of the chain, if there is one to be had. May be slow, and is
     * never called while a connection is locked; that there is none is no failure.
     */
    Optional<byte[]> responseFor(List<X509Certificate> chain);

    static StapleSource none() {
        return chain -> Optional.empty();
    }
}
