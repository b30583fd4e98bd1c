package org.almosttls.config;

import java.security.cert.X509Certificate;
import java.util.List;
import org.almosttls.registry.Role;

/**
 * What a peer claims to be.
 *
 * @param chain as it came, the peer's own certificate first; never empty
 * @param authType the platform's word for the key exchange, such as {@code ECDHE_RSA}
 */
public record PeerIdentity(Role role, List<X509Certificate> chain, String authType, HandshakeFacts facts) {}
