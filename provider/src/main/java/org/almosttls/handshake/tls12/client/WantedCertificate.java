package org.almosttls.handshake.tls12.client;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import javax.security.auth.x500.X500Principal;
import org.almosttls.alert.TlsAlertException;
import org.almosttls.alert.Violation;
import org.almosttls.config.Credential;
import org.almosttls.config.CredentialRequest;
import org.almosttls.config.HandshakeFacts;
import org.almosttls.handshake.LeafKey;
import org.almosttls.handshake.tls12.Agreement;
import org.almosttls.handshake.tls12.ClientCertificateType;
import org.almosttls.handshake.tls12.Tls12Rules;
import org.almosttls.message.CertificateRequest;
import org.almosttls.registry.SignatureScheme;

/** RFC 5246 §7.4.4: which certificate the server would like to see. */
record WantedCertificate(List<Integer> types, List<SignatureScheme> schemes, List<X500Principal> issuers) {

    /** What this end has of it, and how it will sign with it. */
    record Chosen(Credential credential, SignatureScheme scheme) {}

    static WantedCertificate of(CertificateRequest request, Tls12Rules rules) throws TlsAlertException {
        var issuers = new ArrayList<X500Principal>();
        for (var der : request.authorities()) issuers.add(principal(der));
        return new WantedCertificate(request.certificateTypes(), rules.meant(request.schemes()), List.copyOf(issuers));
    }

    private static X500Principal principal(byte[] der) throws TlsAlertException {
        try {
            return new X500Principal(der);
        } catch (IllegalArgumentException malformed) {
            throw Violation.MALFORMED_MESSAGE.causedBy(malformed);
        }
    }

    /** The credential to show, if there is one that the server can use. Slow. */
    Optional<Chosen> choose(Agreement agreement) {
        var keyTypes = keyTypes(agreement);
        var first = select(keyTypes, agreement);
        var fitting = first.flatMap(credential -> chosen(credential, agreement));
        if (fitting.isPresent() || first.isEmpty() || keyTypes.size() == 1) return fitting;
        // The best of all kinds of keys is of no use to this server; that of another kind may be.
        return keyTypes.stream()
                .flatMap(keyType -> select(List.of(keyType), agreement).stream())
                .flatMap(credential -> chosen(credential, agreement).stream())
                .findFirst();
    }

    private Optional<Credential> select(List<String> keyTypes, Agreement agreement) {
        if (keyTypes.isEmpty()) return Optional.empty();
        var request = new CredentialRequest(keyTypes, issuers, facts(agreement.facts()));
        return agreement.config().credentials().select(request);
    }

    private Optional<Chosen> chosen(Credential credential, Agreement agreement) {
        var leaf = new LeafKey(credential.certificate());
        // RFC 5246 §7.4.6: the key is of a type that was asked for and can sign, by a scheme of the server's list, and
        // so is what is signed in the chain.
        boolean fits = leaf.signs()
                && types.contains(ClientCertificateType.of(leaf.type()))
                && agreement.rules().takes(credential.chain(), schemes);
        if (!fits) return Optional.empty();
        return LeafKey.schemeFor(credential, schemes, agreement.config()).map(scheme -> new Chosen(credential, scheme));
    }

    /** In the order of the server's schemes, as far as its certificate types agree (RFC 5246 §7.4.4, RFC 8422 §5.5). */
    private List<String> keyTypes(Agreement agreement) {
        return schemes.stream()
                .filter(agreement.config().signatureSchemes()::contains)
                .flatMap(scheme -> LeafKey.typeOf(scheme).stream())
                .filter(keyType -> types.contains(ClientCertificateType.of(keyType)))
                .distinct()
                .toList();
    }

    private HandshakeFacts facts(HandshakeFacts known) {
        return new HandshakeFacts(
                        known.version(), known.cipherSuite(), known.serverNames(), schemes, known.applicationProtocol())
                .withStatus(known.statusResponses());
    }
}
