package org.almosttls.jsse;

import java.security.AlgorithmConstraints;
import java.security.CryptoPrimitive;
import java.security.PublicKey;
import java.security.cert.CertificateException;
import java.security.cert.X509Certificate;
import java.security.interfaces.DSAPublicKey;
import java.security.interfaces.ECPublicKey;
import java.security.interfaces.RSAPublicKey;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.almosttls.registry.Role;

/**
 * What the platform adds to the judgement of a plain trust manager: that the keys and signatures of a chain are none of
 * {@code jdk.certpath.disabledAlgorithms} and {@code jdk.tls.disabledAlgorithms}, and permitted by the application's
 * constraints.
 */
record CertificateRules(List<DisabledEntries> lists, Optional<AlgorithmConstraints> own) {

    private static final String REFUSED = "Certificates do not conform to algorithm constraints: ";

    /** As the properties stand now. */
    static CertificateRules current(Optional<AlgorithmConstraints> own) {
        return new CertificateRules(
                List.of(
                        DisabledEntries.of("jdk.certpath.disabledAlgorithms"),
                        DisabledEntries.of("jdk.tls.disabledAlgorithms")),
                own);
    }

    /** Of an end of this role; a CA's signature of itself proves nothing, and may be any. */
    void check(X509Certificate[] chain, Role peer) throws CertificateException {
        for (var certificate : chain) {
            checkKey(certificate.getPublicKey());
            boolean ofItself = certificate.getSubjectX500Principal().equals(certificate.getIssuerX500Principal());
            if (!ofItself || chain.length == 1) checkSignature(certificate.getSigAlgName(), peer);
        }
    }

    private void checkKey(PublicKey key) throws CertificateException {
        var name = key.getAlgorithm();
        for (var list : lists) {
            var rule = list.against(sizeOf(key), name);
            if (rule.isPresent())
                throw new CertificateException(REFUSED + name + " key of " + sizeOf(key) + " bits, by " + rule.get());
        }
        if (own.isPresent() && !own.get().permits(EnumSet.of(CryptoPrimitive.SIGNATURE), key))
            throw new CertificateException(REFUSED + name + " key, by the application's");
    }

    private void checkSignature(String algorithm, Role peer) throws CertificateException {
        var use = peer == Role.SERVER ? "TLSServer" : "TLSClient";
        var rule = lists.stream()
                .flatMap(list -> SignatureNames.partsOf(algorithm)
                        .flatMap(part -> Stream.of(use, "CertificateSignature")
                                .flatMap(each -> list.against(part, each).stream())))
                .findFirst();
        if (rule.isPresent()) throw new CertificateException(REFUSED + algorithm + " signature, by " + rule.get());
        if (own.isPresent() && !own.get().permits(EnumSet.of(CryptoPrimitive.SIGNATURE), algorithm, null))
            throw new CertificateException(REFUSED + algorithm + " signature, by the application's");
    }

    private static int sizeOf(PublicKey key) {
        if (key instanceof RSAPublicKey rsa) return rsa.getModulus().bitLength();
        if (key instanceof ECPublicKey ec)
            return ec.getParams().getCurve().getField().getFieldSize();
        return key instanceof DSAPublicKey dsa && dsa.getParams() != null
                ? dsa.getParams().getP().bitLength()
                : Integer.MAX_VALUE;
    }
}
