package org.almosttls.handshake;

import java.io.ByteArrayInputStream;
import java.security.cert.CertificateException;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.almosttls.alert.TlsAlertException;
import org.almosttls.alert.Violation;
import org.almosttls.config.Credential;
import org.almosttls.message.Certificate;

/** RFC 5246 §7.4.2: certificates between the wire and the platform. */
public final class CertificateChain {

    private CertificateChain() {}

    /**
     * @param most Whoever may send many certificates under one name, each signed by all others, has the search for a
     *     path to a trust anchor try them in every order.
     */
    public static List<X509Certificate> decode(Certificate message, int most) throws TlsAlertException {
        int count = message.chain().size();
        if (count > most)
            throw Violation.CERTIFICATE_CHAIN_TOO_LONG.exception(count + " certificates, and " + most + " are taken");
        try {
            var factory = CertificateFactory.getInstance("X.509");
            var chain = new ArrayList<X509Certificate>();
            for (var der : message.chain()) {
                var certificate = (X509Certificate) factory.generateCertificate(new ByteArrayInputStream(der));
                // RFC 5246 §7.4.2: DER and nothing behind it; the platform would take text as well.
                Violation.CERTIFICATE_MALFORMED.unless(Arrays.equals(certificate.getEncoded(), der));
                chain.add(certificate);
            }
            return List.copyOf(chain);
        } catch (CertificateException malformed) {
            throw Violation.CERTIFICATE_MALFORMED.causedBy(malformed);
        }
    }

    public static Certificate encode(Credential credential) {
        try {
            var chain = new ArrayList<byte[]>();
            for (var certificate : credential.chain()) chain.add(certificate.getEncoded());
            return new Certificate(List.copyOf(chain));
        } catch (CertificateException unencodable) {
            throw new IllegalStateException(unencodable);
        }
    }
}
