package org.almosttls.handshake.tls13;

import java.security.cert.X509Certificate;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;
import org.almosttls.alert.TlsAlertException;
import org.almosttls.alert.Violation;
import org.almosttls.config.Credential;
import org.almosttls.config.TlsConfig;
import org.almosttls.extension.Extension;
import org.almosttls.extension.Extensions;
import org.almosttls.extension.StatusResponse;
import org.almosttls.handshake.CertificateChain;
import org.almosttls.message.Certificate;
import org.almosttls.message.Certificate13;
import org.almosttls.message.CertificateEntry;
import org.almosttls.registry.ExtensionType;

/** RFC 8446 §4.4.2: certificates between the wire and the platform. */
public final class Certificates {

    /** RFC 8446 §4.4.2: of all that belongs to the handshake itself. */
    public static final byte[] NO_CONTEXT = {};

    private Certificates() {}

    /** A client's that has none to show. */
    public static Certificate13 none(byte[] requestContext) {
        return new Certificate13(requestContext, List.of());
    }

    /** A client's. */
    public static Certificate13 encode(Credential credential, byte[] requestContext) {
        return new Certificate13(requestContext, entries(credential, Optional.empty()));
    }

    /**
     * A server's.
     *
     * @param status RFC 8446 §4.4.2.1: what the issuer says of the first of them, if that is to be told
     */
    public static Certificate13 encode(Credential credential, Optional<byte[]> status) {
        return new Certificate13(NO_CONTEXT, entries(credential, status));
    }

    private static List<CertificateEntry> entries(Credential credential, Optional<byte[]> status) {
        var entries = new ArrayList<CertificateEntry>();
        for (byte[] certificate : CertificateChain.encode(credential).chain()) {
            var said = entries.isEmpty() && status.isPresent()
                    ? List.<Extension>of(StatusResponse.ofOcsp(status.get()))
                    : List.<Extension>of();
            entries.add(new CertificateEntry(certificate, new Extensions(said, true)));
        }
        return List.copyOf(entries);
    }

    public static List<X509Certificate> decode(Certificate13 message, TlsConfig config) throws TlsAlertException {
        return CertificateChain.decode(
                new Certificate(message.chain()), config.policy().mostCertificates());
    }

    /** RFC 8446 §4.4.2.1: what the issuer says of the sender's own certificate. */
    public static List<byte[]> statusOf(Certificate13 message) {
        return message.entries().get(0).extensions().find(StatusResponse.class).stream()
                .map(StatusResponse::response)
                .toList();
    }

    /** RFC 8446 §4.4.2: the context is the request's, and nothing is said of a certificate that was not asked for. */
    public static void requireAsked(Certificate13 message, byte[] requestContext, Predicate<ExtensionType> asked)
            throws TlsAlertException {
        Violation.CERTIFICATE_CONTEXT_WRONG.unless(Arrays.equals(message.requestContext(), requestContext));
        for (var entry : message.entries()) {
            Violation.DUPLICATE_EXTENSION.when(entry.extensions().hasDuplicates());
            for (var type : entry.extensions().types())
                if (!asked.test(type)) throw Violation.EXTENSION_NOT_OFFERED.exception(type.name());
            var status = entry.extensions().find(StatusResponse.class);
            // RFC 6066 §8: what was asked for is OCSP.
            if (status.isPresent() && !status.get().isOcsp())
                throw Violation.STATUS_TYPE_NOT_REQUESTED.exception(
                        "type " + status.get().statusType());
        }
    }
}
