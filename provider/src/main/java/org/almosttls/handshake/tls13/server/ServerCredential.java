package org.almosttls.handshake.tls13.server;

import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.almosttls.alert.TlsAlertException;
import org.almosttls.alert.Violation;
import org.almosttls.config.Credential;
import org.almosttls.config.CredentialRequest;
import org.almosttls.config.HandshakeFacts;
import org.almosttls.handshake.ChainSignatures;
import org.almosttls.handshake.LeafKey;
import org.almosttls.handshake.tls13.ProofSchemes;
import org.almosttls.registry.SignatureScheme;

/** RFC 8446 §4.4.2.2: the certificate that a server shows, and the scheme by which it proves that it is its own. */
record ServerCredential(Credential credential, SignatureScheme scheme) {

    /**
     * In the order of the client's schemes; RFC 8446 §4.4.2.2: rather one whose chain is signed by schemes that the client
     * verifies, but any before none. Slow.
     */
    static ServerCredential choose(ClientOffer offer, HandshakeFacts facts) throws TlsAlertException {
        // Nobody is asked for a second key while the first will do.
        var best = credentials(offer, facts)
                .flatMap(credential -> usable(credential, offer).stream())
                .filter(each -> ChainSignatures.fit(each.credential.chain(), offer.certificateSchemes()))
                .findFirst();
        if (best.isPresent()) return best.get();
        var known = credentials(offer, facts).toList();
        return known.stream()
                .flatMap(credential -> usable(credential, offer).stream())
                .findFirst()
                .orElseThrow(() -> none(offer, known));
    }

    private static Stream<Credential> credentials(ClientOffer offer, HandshakeFacts facts) {
        var config = offer.config();
        return ProofSchemes.keyTypes(offer.schemes(), config).stream()
                .flatMap(keyType ->
                        config
                                .credentials()
                                .select(new CredentialRequest(List.of(keyType), List.of(), facts))
                                .stream());
    }

    private static Optional<ServerCredential> usable(Credential credential, ClientOffer offer) {
        var leaf = new LeafKey(credential.certificate());
        // RFC 8446 §4.4.2.2: if there is a key usage extension, it must say digitalSignature.
        if (!leaf.signs()) return Optional.empty();
        return ProofSchemes.choose(credential, offer.schemes(), offer.config())
                .map(scheme -> new ServerCredential(credential, scheme));
    }

    private static TlsAlertException none(ClientOffer offer, List<Credential> unfit) {
        // RFC 8446 §E.6: the same as for a wrong binder, or who tries identities would learn which there are.
        if (offer.hopesForExternalKey()) return Violation.PSK_UNKNOWN.exception();
        String offered = "offered " + Selection.some(offer.schemes()) + ", enabled "
                + offer.config().signatureSchemes();
        return unfit.isEmpty()
                ? Violation.NO_CREDENTIAL.exception(offered)
                : Violation.NO_COMMON_SCHEME.exception(offered + ", for " + unfit);
    }
}
