package org.almosttls.handshake;

import java.security.cert.X509Certificate;
import java.util.List;
import java.util.Optional;
import org.almosttls.config.NegotiatedSession;
import org.almosttls.crypto.SignatureMethod;
import org.almosttls.registry.NamedGroup;
import org.almosttls.registry.SignatureScheme;

/**
 * Who has proved to be whom, and in which group the keys were exchanged.
 *
 * @param group of the key exchange, if it had one
 * @param serverScheme of the signature that authenticated the server, if there was one
 * @param peerSchemes the signature schemes the peer says it verifies in certificates
 */
public record Authenticated(
        Optional<NamedGroup> group,
        Optional<SignatureScheme> serverScheme,
        List<SignatureScheme> peerSchemes,
        List<X509Certificate> peerChain,
        List<X509Certificate> localChain) {

    /** A session lives long, and a peer may list 2^15 schemes: only those that mean anything here are kept. */
    public Authenticated {
        peerSchemes = peerSchemes.stream()
                .filter(scheme -> SignatureMethod.of(scheme).isPresent())
                .distinct()
                .toList();
    }

    /** By a key that both ends have by other means (RFC 8446 §2.2): nobody shows a certificate. */
    public static final Authenticated BY_KEY =
            new Authenticated(Optional.empty(), Optional.empty(), List.of(), List.of(), List.of());

    /** As it was when the session began; keys are exchanged, and signatures made, only then. */
    public static Authenticated before(NegotiatedSession resumed) {
        return new Authenticated(
                Optional.empty(), Optional.empty(), resumed.peerSchemes(), resumed.peerChain(), resumed.localChain());
    }

    /** The same where keys are exchanged again. */
    public Authenticated withGroup(NamedGroup fresh) {
        return new Authenticated(Optional.of(fresh), serverScheme, peerSchemes, peerChain, localChain);
    }

    public Authenticated withPeer(List<X509Certificate> chain) {
        return new Authenticated(group, serverScheme, peerSchemes, chain, localChain);
    }

    public Authenticated withLocal(List<X509Certificate> chain) {
        return new Authenticated(group, serverScheme, peerSchemes, peerChain, chain);
    }
}
