package org.almosttls.config;

import java.security.cert.CertPathBuilderException;
import java.security.cert.CertPathValidatorException;
import java.security.cert.CertPathValidatorException.BasicReason;
import java.security.cert.CertificateException;
import java.security.cert.CertificateExpiredException;
import java.security.cert.CertificateNotYetValidException;
import java.security.cert.CertificateRevokedException;
import java.security.cert.PKIXReason;
import org.almosttls.alert.Violation;

/** Which violation a refusal by the platform's or the application's trust manager stands for (RFC 5246 §7.2.2). */
public final class CertificateVerdict {

    private static final int MAX_CAUSES = 16;

    private CertificateVerdict() {}

    /**
     * The most telling cause decides; a refusal without one is certificate_unknown.
     *
     * @param byStatus whether the server has shown an OCSP response for its certificate
     */
    public static Violation of(CertificateException refused, boolean byStatus) {
        Violation verdict = Violation.CERTIFICATE_REFUSED;
        Throwable cause = refused;
        for (int depth = 0; cause != null && depth < MAX_CAUSES; depth++, cause = cause.getCause()) {
            var own = ofOne(cause);
            if (own != Violation.CERTIFICATE_REFUSED) verdict = own;
            else if (byStatus && saysBadStatus(cause)) verdict = Violation.CERTIFICATE_STATUS_BAD;
        }
        return verdict;
    }

    private static Violation ofOne(Throwable cause) {
        if (cause instanceof CertificateExpiredException || cause instanceof CertificateNotYetValidException)
            return Violation.CERTIFICATE_EXPIRED;
        if (cause instanceof CertificateRevokedException) return Violation.CERTIFICATE_REVOKED;
        if (cause instanceof CertPathBuilderException) return Violation.CERTIFICATE_UNTRUSTED;
        if (cause instanceof CertPathValidatorException invalid) return ofReason(invalid.getReason());
        if (saysWeak(cause)) return Violation.CERTIFICATE_WEAK;
        return saysWrongName(cause) ? Violation.CERTIFICATE_NAME_MISMATCH : Violation.CERTIFICATE_REFUSED;
    }

    /** The platform's words where the one who judges the chain does not judge what it is made of. */
    private static boolean saysWeak(Throwable cause) {
        return String.valueOf(cause.getMessage()).startsWith("Certificates do not conform to algorithm constraints");
    }

    /** The platform has no exception of its own for a wrong name, only words; the alert is the same either way. */
    private static boolean saysWrongName(Throwable cause) {
        var words = String.valueOf(cause.getMessage());
        return words.startsWith("No subject alternative") || words.startsWith("No name matching");
    }

    /**
     * RFC 6066 §8: a response that is not satisfactory. Of those that are expired or forged the platform has words only,
     * as RFC 6960 §3.2 has no reasons for them either.
     */
    private static boolean saysBadStatus(Throwable cause) {
        if (!(cause instanceof CertPathValidatorException invalid)) return false;
        if (invalid.getReason() == BasicReason.UNDETERMINED_REVOCATION_STATUS) return true;
        var words = String.valueOf(cause.getMessage());
        // Of a certificate above the server's own, which the response that came is not about.
        if (words.contains("does not specify OCSP responder")) return false;
        return words.contains("OCSP")
                || words.contains("Response is unreliable")
                || words.contains("Responder's certificate");
    }

    private static Violation ofReason(CertPathValidatorException.Reason reason) {
        if (reason == BasicReason.EXPIRED || reason == BasicReason.NOT_YET_VALID) return Violation.CERTIFICATE_EXPIRED;
        if (reason == BasicReason.REVOKED) return Violation.CERTIFICATE_REVOKED;
        if (reason == BasicReason.INVALID_SIGNATURE) return Violation.CERTIFICATE_BAD;
        // RFC 8446 §4.4.2.4: bad_certificate where MD5 has signed, and better also where SHA-1 has.
        if (reason == BasicReason.ALGORITHM_CONSTRAINED) return Violation.CERTIFICATE_WEAK;
        if (reason == PKIXReason.NO_TRUST_ANCHOR) return Violation.CERTIFICATE_UNTRUSTED;
        return Violation.CERTIFICATE_REFUSED;
    }
}
