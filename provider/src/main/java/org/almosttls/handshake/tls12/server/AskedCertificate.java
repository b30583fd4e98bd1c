package org.almosttls.handshake.tls12.server;

import java.security.cert.X509Certificate;
import java.util.List;
import javax.security.auth.x500.X500Principal;
import org.almosttls.config.TlsConfig;
import org.almosttls.handshake.tls12.ClientCertificateType;
import org.almosttls.handshake.tls12.Tls12Rules;
import org.almosttls.message.CertificateRequest;

/** RFC 5246 §7.4.4: which certificates a server would take of its client. */
final class AskedCertificate {

    private static final int MAX_LIST = 0xFFFF;

    private AskedCertificate() {}

    static CertificateRequest of(TlsConfig config, Tls12Rules rules) {
        var schemes = config.signatureSchemes();
        return new CertificateRequest(ClientCertificateType.of(schemes), rules.said(schemes), authorities(config));
    }

    /** RFC 5246 §7.4.4: no names at all mean any, which is what more names than there is room for come to. */
    private static List<byte[]> authorities(TlsConfig config) {
        var names = config.peerVerifier().acceptedIssuers().stream()
                .map(X509Certificate::getSubjectX500Principal)
                .distinct()
                .map(X500Principal::getEncoded)
                .toList();
        int octets = names.stream().mapToInt(name -> 2 + name.length).sum();
        return octets > MAX_LIST ? List.of() : names;
    }
}
