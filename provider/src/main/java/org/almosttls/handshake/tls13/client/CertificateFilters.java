package org.almosttls.handshake.tls13.client;

import java.security.cert.CertificateParsingException;
import java.security.cert.X509Certificate;
import java.util.Arrays;
import java.util.Optional;
import java.util.Set;
import org.almosttls.alert.TlsAlertException;
import org.almosttls.alert.Violation;
import org.almosttls.extension.DerValues;
import org.almosttls.extension.OidFilters;

/**
 * RFC 8446 §4.2.5: what a server wants the client's certificate to say of itself. Of the extensions that can be filtered by
 * the two with rules of their own are known here; all others must be skipped by whoever does not know them.
 *
 * @param usages the bits of KeyUsage that have to be set
 * @param purposes the object identifiers that ExtendedKeyUsage has to name
 */
record CertificateFilters(Optional<Set<Integer>> usages, Optional<Set<String>> purposes) {

    static final CertificateFilters NONE = new CertificateFilters(Optional.empty(), Optional.empty());

    /** Both identifiers in DER. */
    private static final byte[] KEY_USAGE = {6, 3, 0x55, 0x1D, 0x0F};

    private static final byte[] EXTENDED_KEY_USAGE = {6, 3, 0x55, 0x1D, 0x25};
    private static final String ANY_PURPOSE = "2.5.29.37.0";

    static CertificateFilters of(OidFilters said) throws TlsAlertException {
        var filters = NONE;
        for (var filter : said.filters()) {
            if (Arrays.equals(filter.oid(), KEY_USAGE))
                filters = new CertificateFilters(Optional.of(DerValues.bits(filter.values())), filters.purposes);
            if (Arrays.equals(filter.oid(), EXTENDED_KEY_USAGE))
                filters = new CertificateFilters(filters.usages, Optional.of(DerValues.identifiers(filter.values())));
        }
        // RFC 8446 §4.2.5: anyExtendedKeyUsage must not be used in the request.
        Violation.FILTER_FOR_ANY_PURPOSE.when(
                filters.purposes.filter(all -> all.contains(ANY_PURPOSE)).isPresent());
        return filters;
    }

    boolean match(X509Certificate certificate) {
        return (usages.isEmpty() || allows(certificate.getKeyUsage(), usages.get()))
                && (purposes.isEmpty() || names(certificate, purposes.get()));
    }

    /** Those that the certificate sets, if it says at all what its key is for. */
    private static boolean allows(boolean[] set, Set<Integer> wanted) {
        return set != null && wanted.stream().allMatch(bit -> bit < set.length && set[bit]);
    }

    private static boolean names(X509Certificate certificate, Set<String> wanted) {
        try {
            var named = certificate.getExtendedKeyUsage();
            return named != null && named.containsAll(wanted);
        } catch (CertificateParsingException unreadable) {
            return false;
        }
    }
}
