package org.almosttls.handshake.tls13.client;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import javax.security.auth.x500.X500Principal;
import org.almosttls.alert.TlsAlertException;
import org.almosttls.alert.Violation;
import org.almosttls.config.Credential;
import org.almosttls.config.CredentialRequest;
import org.almosttls.config.HandshakeFacts;
import org.almosttls.config.TlsConfig;
import org.almosttls.extension.CertificateAuthorities;
import org.almosttls.extension.CompressCertificate;
import org.almosttls.extension.OidFilters;
import org.almosttls.extension.SignatureAlgorithms;
import org.almosttls.extension.SignatureAlgorithmsCert;
import org.almosttls.handshake.ChainSignatures;
import org.almosttls.handshake.LeafKey;
import org.almosttls.handshake.tls13.Agreement;
import org.almosttls.handshake.tls13.ProofSchemes;
import org.almosttls.message.CertificateRequest13;
import org.almosttls.registry.ExtensionType;
import org.almosttls.registry.SignatureScheme;

/**
 * RFC 8446 §4.3.2: which certificate the server would like to see.
 *
 * @param requestContext by which the answer is told from others
 */
record WantedCertificate(
        byte[] requestContext,
        List<SignatureScheme> schemes,
        List<SignatureScheme> certificateSchemes,
        List<X500Principal> issuers,
        CertificateFilters filters,
        Optional<CompressCertificate> compressions) {

    /** What this end has of it, and how it will sign with it. */
    record Chosen(Credential credential, SignatureScheme scheme) {}

    static WantedCertificate of(CertificateRequest13 request) throws TlsAlertException {
        var extensions = request.extensions();
        Violation.DUPLICATE_EXTENSION.when(extensions.hasDuplicates());
        var schemes = extensions
                .find(SignatureAlgorithms.class)
                .map(SignatureAlgorithms::schemes)
                .orElseThrow(() -> Violation.EXTENSION_MISSING.exception(ExtensionType.SIGNATURE_ALGORITHMS.name()));
        var issuers = new ArrayList<X500Principal>();
        var named = extensions.find(CertificateAuthorities.class).map(CertificateAuthorities::authorities);
        for (byte[] der : named.orElse(List.of())) issuers.add(principal(der));
        var filters = extensions.find(OidFilters.class);
        // RFC 8446 §4.2.3: if they are not said by themselves, the same.
        var certificateSchemes = extensions.find(SignatureAlgorithmsCert.class).map(SignatureAlgorithmsCert::schemes);
        return new WantedCertificate(
                request.requestContext(),
                schemes,
                certificateSchemes.orElse(schemes),
                List.copyOf(issuers),
                filters.isPresent() ? CertificateFilters.of(filters.get()) : CertificateFilters.NONE,
                extensions.find(CompressCertificate.class));
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
        var keyTypes = ProofSchemes.keyTypes(schemes, agreement.config());
        if (keyTypes.isEmpty()) return Optional.empty();
        var first = select(keyTypes, agreement);
        var fitting = first.flatMap(credential -> chosen(credential, agreement.config()));
        if (fitting.isPresent() || first.isEmpty() || keyTypes.size() == 1) return fitting;
        // The best of all kinds of keys is of no use to this server; that of another kind may be.
        return keyTypes.stream()
                .flatMap(keyType -> select(List.of(keyType), agreement).stream())
                .flatMap(credential -> chosen(credential, agreement.config()).stream())
                .findFirst();
    }

    private Optional<Credential> select(List<String> keyTypes, Agreement agreement) {
        var request = new CredentialRequest(keyTypes, issuers, facts(agreement.facts()));
        return agreement.config().credentials().select(request);
    }

    private Optional<Chosen> chosen(Credential credential, TlsConfig config) {
        var leaf = new LeafKey(credential.certificate());
        // RFC 8446 §4.4.2.3: it can sign, by a scheme of the server's list, and so is what is signed in the chain.
        if (!leaf.signs() || !ChainSignatures.fit(credential.chain(), certificateSchemes)) return Optional.empty();
        if (!filters.match(credential.certificate())) return Optional.empty();
        return ProofSchemes.choose(credential, schemes, config).map(scheme -> new Chosen(credential, scheme));
    }

    private HandshakeFacts facts(HandshakeFacts known) {
        return new HandshakeFacts(
                        known.version(),
                        known.cipherSuite(),
                        known.serverNames(),
                        certificateSchemes,
                        known.applicationProtocol())
                .withStatus(known.statusResponses());
    }
}
