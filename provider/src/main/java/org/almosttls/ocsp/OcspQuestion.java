package org.almosttls.ocsp;

import java.io.IOException;
import java.net.URI;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.security.cert.X509Certificate;
import java.text.ParseException;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.stream.Stream;
import org.bouncycastle.asn1.ASN1GeneralizedTime;
import org.bouncycastle.asn1.ASN1Integer;
import org.bouncycastle.asn1.ASN1ObjectIdentifier;
import org.bouncycastle.asn1.ASN1OctetString;
import org.bouncycastle.asn1.DEROctetString;
import org.bouncycastle.asn1.DERSequence;
import org.bouncycastle.asn1.ocsp.BasicOCSPResponse;
import org.bouncycastle.asn1.ocsp.CertID;
import org.bouncycastle.asn1.ocsp.OCSPObjectIdentifiers;
import org.bouncycastle.asn1.ocsp.OCSPRequest;
import org.bouncycastle.asn1.ocsp.OCSPResponse;
import org.bouncycastle.asn1.ocsp.OCSPResponseStatus;
import org.bouncycastle.asn1.ocsp.Request;
import org.bouncycastle.asn1.ocsp.SingleResponse;
import org.bouncycastle.asn1.ocsp.TBSRequest;
import org.bouncycastle.asn1.x509.AccessDescription;
import org.bouncycastle.asn1.x509.AlgorithmIdentifier;
import org.bouncycastle.asn1.x509.AuthorityInformationAccess;
import org.bouncycastle.asn1.x509.Extension;
import org.bouncycastle.asn1.x509.Extensions;
import org.bouncycastle.asn1.x509.GeneralName;
import org.bouncycastle.asn1.x509.SubjectPublicKeyInfo;

/** RFC 6960: whether a certificate is revoked. */
record OcspQuestion(X509Certificate certificate, X509Certificate issuer) {

    private static final Duration SKEW = Duration.ofMinutes(15);
    private static final ASN1ObjectIdentifier ID_SHA1 = new ASN1ObjectIdentifier("1.3.14.3.2.26");
    private static final int UNKNOWN = 2;

    /** A response in DER, and when a newer one can be had, if that is known. */
    record Answer(byte[] response, Optional<Instant> nextUpdate) {}

    /** RFC 5280 §4.2.2.1: the responder that the certificate names. */
    Optional<URI> responder() {
        byte[] value = certificate.getExtensionValue(Extension.authorityInfoAccess.getId());
        if (value == null) return Optional.empty();
        var access = AuthorityInformationAccess.getInstance(
                ASN1OctetString.getInstance(value).getOctets());
        return Stream.of(access.getAccessDescriptions())
                .filter(each -> each.getAccessMethod().equals(AccessDescription.id_ad_ocsp))
                .map(AccessDescription::getAccessLocation)
                .filter(each -> each.getTagNo() == GeneralName.uniformResourceIdentifier)
                .flatMap(each -> StaplingSettings.uri(each.getName().toString()).stream())
                .findFirst();
    }

    /** RFC 6960 §4.1.1: unsigned and without a nonce, since the answer is for many. */
    byte[] request() throws IOException {
        var list = new DERSequence(new Request(id(), null));
        return new OCSPRequest(new TBSRequest(null, list, (Extensions) null), null).getEncoded();
    }

    private CertID id() {
        // RFC 6960 §4.1.1: not for security; every responder knows SHA-1, and many know nothing else.
        var key = SubjectPublicKeyInfo.getInstance(issuer.getPublicKey().getEncoded());
        return new CertID(
                new AlgorithmIdentifier(ID_SHA1),
                new DEROctetString(sha1(certificate.getIssuerX500Principal().getEncoded())),
                new DEROctetString(sha1(key.getPublicKeyData().getBytes())),
                new ASN1Integer(certificate.getSerialNumber()));
    }

    private static byte[] sha1(byte[] octets) {
        try {
            return MessageDigest.getInstance("SHA-1").digest(octets);
        } catch (NoSuchAlgorithmException missing) {
            throw new IllegalStateException(missing);
        }
    }

    /** The response, if it tells something about this certificate now; who signed it is for the client to judge. */
    Optional<Answer> answered(byte[] response, Instant now) throws ParseException {
        var whole = OCSPResponse.getInstance(response);
        if (whole.getResponseStatus().getIntValue() != OCSPResponseStatus.SUCCESSFUL) return Optional.empty();
        var bytes = whole.getResponseBytes();
        if (!bytes.getResponseType().equals(OCSPObjectIdentifiers.id_pkix_ocsp_basic)) return Optional.empty();
        var basic = BasicOCSPResponse.getInstance(bytes.getResponse().getOctets());
        for (var each : basic.getTbsResponseData().getResponses()) {
            var single = SingleResponse.getInstance(each);
            if (tells(single, now)) return Optional.of(new Answer(response, time(single.getNextUpdate())));
        }
        return Optional.empty();
    }

    /** RFC 6960 §3.2: about this certificate, and recent. */
    private boolean tells(SingleResponse single, Instant now) throws ParseException {
        var about = single.getCertID();
        var own = id();
        return about.getSerialNumber().equals(own.getSerialNumber())
                && about.getIssuerNameHash().equals(own.getIssuerNameHash())
                && about.getIssuerKeyHash().equals(own.getIssuerKeyHash())
                && single.getCertStatus().getTagNo() != UNKNOWN
                && !time(single.getThisUpdate()).orElseThrow().isAfter(now.plus(SKEW))
                && time(single.getNextUpdate())
                        .filter(next -> !next.isAfter(now))
                        .isEmpty();
    }

    private static Optional<Instant> time(ASN1GeneralizedTime time) throws ParseException {
        return time == null ? Optional.empty() : Optional.of(time.getDate().toInstant());
    }
}
