package org.almosttls.handshake.tls13.server;

import java.security.cert.X509Certificate;
import java.util.ArrayList;
import java.util.List;
import javax.security.auth.x500.X500Principal;
import org.almosttls.config.TlsConfig;
import org.almosttls.extension.CertificateAuthorities;
import org.almosttls.extension.Extension;
import org.almosttls.extension.Extensions;
import org.almosttls.extension.SignatureAlgorithms;
import org.almosttls.extension.SignatureAlgorithmsCert;
import org.almosttls.handshake.tls13.CertificateCompressions;

/** RFC 8446 §4.3.2: which certificates a server would take of its client. */
final class AskedCertificate {

    /** Octets of names at the most; all else that is asked for has room beside them. */
    private static final int MOST_OF_NAMES = 0xF000;

    private AskedCertificate() {}

    static Extensions of(TlsConfig config) {
        var all = new ArrayList<Extension>();
        all.add(new SignatureAlgorithms(config.signatureSchemes()));
        // RFC 8446 §4.2.3: who has the same policy for certificates may leave their list out.
        if (!config.certificateSchemes().equals(config.signatureSchemes()))
            all.add(new SignatureAlgorithmsCert(config.certificateSchemes()));
        CertificateCompressions.offer(config).ifPresent(all::add);
        var names = authorities(config);
        if (!names.isEmpty()) all.add(new CertificateAuthorities(names));
        return Extensions.of(ServerGrease.inRequest(all, config));
    }

    /** RFC 8446 §4.2.4: no names at all mean any, which is what more names than there is room for come to. */
    private static List<byte[]> authorities(TlsConfig config) {
        var names = config.peerVerifier().acceptedIssuers().stream()
                .map(X509Certificate::getSubjectX500Principal)
                .distinct()
                .map(X500Principal::getEncoded)
                .toList();
        int octets = names.stream().mapToInt(name -> 2 + name.length).sum();
        return octets > MOST_OF_NAMES ? List.of() : names;
    }
}
