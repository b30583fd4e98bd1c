package org.almosttls.trace;

import com.fasterxml.jackson.core.SerializableString;
import java.io.ByteArrayInputStream;
import java.security.PublicKey;
import java.security.cert.CertificateEncodingException;
import java.security.cert.CertificateException;
import java.security.cert.CertificateFactory;
import java.security.cert.CertificateParsingException;
import java.security.cert.X509Certificate;
import java.security.interfaces.ECKey;
import java.security.interfaces.RSAKey;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Function;
import org.almosttls.trace.Known.Octets;

/**
 * What is told of one certificate; of one that cannot be parsed, its digests only. Most sessions show one of a few, of
 * which it is found out once.
 */
record CertificateFacts(
        byte[] der,
        Optional<Contents> contents,
        Map<String, Optional<String>> digests,
        AtomicReference<SerializableString> written) {

    /**
     * RFC 5280 §4.1.
     *
     * @param serialNumber in hexadecimal
     * @param keySize in bits, where the kind of key has one
     */
    record Contents(
            String subject,
            String issuer,
            List<String> alternativeNames,
            String serialNumber,
            String keyAlgorithm,
            Optional<Integer> keySize,
            String signatureAlgorithm,
            Instant notBefore,
            Instant notAfter) {}

    private static final int MOST_CERTIFICATES = 10;
    private static final int MOST_NAMES = 100;

    /** By its DER; whose class a certificate has is not kept. */
    private static final Known<Octets, CertificateFacts> KNOWN = new Known<>();

    private CertificateFacts(byte[] der, Optional<Contents> contents) {
        this(der, contents, new ConcurrentHashMap<>(), new AtomicReference<>());
    }

    /** The first ten of a chain, as they stand in it. */
    static List<CertificateFacts> ofChain(List<X509Certificate> chain) {
        var all = new ArrayList<CertificateFacts>(chain.size());
        for (int i = 0; i < chain.size() && i < MOST_CERTIFICATES; i++)
            of(chain.get(i)).ifPresent(all::add);
        return Collections.unmodifiableList(all);
    }

    /** As {@link #ofChain}, for certificates as they came over the wire. */
    static List<CertificateFacts> ofEncodedChain(List<byte[]> chain) {
        return chain.stream()
                .limit(MOST_CERTIFICATES)
                .map(CertificateFacts::parsed)
                .toList();
    }

    private static CertificateFacts parsed(byte[] der) {
        return KNOWN.find(new Octets(der)).orElseGet(() -> {
            try {
                var certificate =
                        CertificateFactory.getInstance("X.509").generateCertificate(new ByteArrayInputStream(der));
                return found(der, (X509Certificate) certificate);
            } catch (CertificateException | RuntimeException malformed) {
                return new CertificateFacts(der, Optional.empty());
            }
        });
    }

    private static Optional<CertificateFacts> of(X509Certificate certificate) {
        try {
            byte[] der = certificate.getEncoded();
            return KNOWN.find(new Octets(der)).or(() -> Optional.of(found(der, certificate)));
        } catch (CertificateEncodingException | RuntimeException malformed) {
            return Optional.empty();
        }
    }

    /** Whose class cannot say what is in it, as of a key that nobody knows, has its place in the chain all the same. */
    private static CertificateFacts found(byte[] der, X509Certificate certificate) {
        try {
            var facts = new CertificateFacts(der, Optional.of(contents(certificate)));
            if (facts.isKept()) KNOWN.keep(new Octets(der), facts);
            return facts;
        } catch (RuntimeException | LinkageError unknown) {
            return new CertificateFacts(der, Optional.empty());
        }
    }

    private static Contents contents(X509Certificate certificate) {
        return new Contents(
                DistinguishedName.of(certificate.getSubjectX500Principal()),
                DistinguishedName.of(certificate.getIssuerX500Principal()),
                alternativeNames(certificate),
                certificate.getSerialNumber().toString(16).toUpperCase(Locale.ROOT),
                certificate.getPublicKey().getAlgorithm(),
                keySize(certificate.getPublicKey()),
                certificate.getSigAlgName(),
                certificate.getNotBefore().toInstant(),
                certificate.getNotAfter().toInstant());
    }

    private static Optional<Integer> keySize(PublicKey key) {
        if (key instanceof RSAKey rsa) return Optional.of(rsa.getModulus().bitLength());
        if (key instanceof ECKey ec)
            return Optional.of(ec.getParams().getCurve().getField().getFieldSize());
        return Optional.empty();
    }

    /** RFC 5280 §4.2.1.6: the names that are text; the platform gives the others as DER. */
    private static List<String> alternativeNames(X509Certificate certificate) {
        var names = new ArrayList<String>();
        try {
            Collection<List<?>> all = certificate.getSubjectAlternativeNames();
            if (all == null) return List.of();
            for (List<?> each : all) {
                if (each.get(1) instanceof String name && names.size() < MOST_NAMES) names.add(name);
            }
        } catch (CertificateParsingException malformed) {
            return List.of();
        }
        return List.copyOf(names);
    }

    /** Whether who asks for the same certificate again is given the same facts. */
    boolean isKept() {
        return contents.isPresent() && new Octets(der).areFew();
    }

    /** Of those that are kept there is one for each certificate. */
    @Override
    public boolean equals(Object other) {
        return this == other;
    }

    @Override
    public int hashCode() {
        return System.identityHashCode(this);
    }

    /** How it is written, which is always the same. */
    SerializableString written(Function<CertificateFacts, SerializableString> writer) {
        return written.updateAndGet(before -> before == null ? writer.apply(this) : before);
    }

    /** Of the whole certificate, in upper case as OpenTelemetry wants it. */
    Optional<String> digest(String algorithm) {
        return digests.computeIfAbsent(
                algorithm, wanted -> Digest.hex(wanted, der).map(hex -> hex.toUpperCase(Locale.ROOT)));
    }
}
