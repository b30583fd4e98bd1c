package org.almosttls.handshake.tls13;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.security.cert.X509Certificate;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import org.almosttls.alert.Violation;
import org.almosttls.config.ClientAuthentication;
import org.almosttls.extension.Extension;
import org.almosttls.extension.Extensions;
import org.almosttls.extension.OidFilters;
import org.almosttls.message.CertificateRequest13;
import org.almosttls.message.EncodedMessage;
import org.almosttls.testkit.Expect;
import org.almosttls.testkit.StatePair;
import org.almosttls.testkit.TestAuthority;
import org.almosttls.testkit.TestCertificates;
import org.almosttls.testkit.TestIdentity;
import org.almosttls.testkit.Tls13;
import org.almosttls.testkit.TracedCrypto;
import org.bouncycastle.asn1.x509.KeyPurposeId;
import org.bouncycastle.asn1.x509.KeyUsage;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** RFC 8446 §4.2.5: a client shows a certificate only if it says of itself what the server wants it to. */
class CertificateFiltersTest {

    private static final String KEY_USAGE = "0603551d0f";
    private static final String EXTENDED_KEY_USAGE = "0603551d25";
    private static final String CLIENT_AUTHENTICATION = "300a06082b06010505070302";
    private static final TestAuthority AUTHORITY = new TestAuthority("Filtered CA");

    /** To sign with, and to be a client with, or to sign code. */
    private static final TestIdentity CLIENT = AUTHORITY
            .issue("Filtered client")
            .ec("secp256r1")
            .usage(KeyUsage.digitalSignature | KeyUsage.keyAgreement)
            .purposes(KeyPurposeId.id_kp_clientAuth, KeyPurposeId.id_kp_codeSigning)
            .identity();

    /** The server has not said it, and yet proves itself to who has heard it. */
    private static StatePair wanting(String oid, String values, TestIdentity... client) throws Exception {
        var filter = new OidFilters.Filter(
                HexFormat.of().parseHex(oid), HexFormat.of().parseHex(values));
        var crypto = new TracedCrypto();
        return new StatePair(
                        Tls13.client(client).with("crypto", crypto.backend()).build(),
                        Tls13.server(TestCertificates.ecServer())
                                .asking(ClientAuthentication.WANT)
                                .build())
                .changing(CertificateRequest13.class, request -> {
                    var changed = filtered(request, filter);
                    crypto.hearing(octets(changed), octets(request));
                    return changed;
                });
    }

    private static byte[] octets(CertificateRequest13 request) {
        return EncodedMessage.of(request).bytes();
    }

    private static CertificateRequest13 filtered(CertificateRequest13 request, OidFilters.Filter filter) {
        var all = new ArrayList<Extension>(request.extensions().all());
        all.add(new OidFilters(List.of(filter)));
        return new CertificateRequest13(request.requestContext(), Extensions.of(all));
    }

    private static List<X509Certificate> shown(StatePair pair) throws Exception {
        while (pair.client().session().isEmpty()) pair.deliverNext();
        return pair.client().session().orElseThrow().localChain();
    }

    private static boolean isShown(TestIdentity client, String oid, String values) throws Exception {
        return !shown(wanting(oid, values, client)).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({
        "03020780, true", // digitalSignature
        "03020388, true", // and keyAgreement
        "03020520, false", // keyEncipherment
        "030205a0, false", // that and digitalSignature
        "0303078080, false", // decipherOnly and digitalSignature
        "'', true"
    })
    void itsKeyUsageAllowsAllThatIsWanted(String values, boolean shown) throws Exception {
        assertEquals(shown, isShown(CLIENT, KEY_USAGE, values));
    }

    @ParameterizedTest
    @CsvSource({
        "300a06082b06010505070302, true", // clientAuth
        "301406082b0601050507030206082b06010505070303, true", // and codeSigning
        "300a06082b06010505070301, false", // serverAuth
        "30810a06082b06010505070302, true",
        "3082000a06082b06010505070302, true",
        "'', true"
    })
    void itNamesAllPurposesThatAreWanted(String values, boolean shown) throws Exception {
        assertEquals(shown, isShown(CLIENT, EXTENDED_KEY_USAGE, values));
    }

    @ParameterizedTest
    @ValueSource(strings = {KEY_USAGE, EXTENDED_KEY_USAGE})
    void whatSaysNothingOfItselfIsNotWhatIsWanted(String oid) throws Exception {
        assertEquals(false, isShown(TestCertificates.ecClient(), oid, ""));
    }

    /** RFC 8446 §4.2.5: unrecognized ones must be ignored. */
    @Test
    void whatIsNotKnownIsSkipped() throws Exception {
        assertEquals(true, isShown(TestCertificates.ecClient(), "06032a0304", "0500"));
    }

    @Test
    void nobodyFiltersForAnyPurpose() throws Exception {
        var pair = wanting(EXTENDED_KEY_USAGE, "30060604551d2500", CLIENT);
        Expect.violation(Violation.FILTER_FOR_ANY_PURPOSE, pair::handshake);
    }

    @ParameterizedTest
    @CsvSource({
        KEY_USAGE + ", 03",
        KEY_USAGE + ", 0300",
        KEY_USAGE + ", 04020780",
        KEY_USAGE + ", 0302078000",
        EXTENDED_KEY_USAGE + ", 3100",
        EXTENDED_KEY_USAGE + ", 3003060155ff",
        EXTENDED_KEY_USAGE + ", 308300000306012a"
    })
    void valuesAreThoseOfTheirExtension(String oid, String values) throws Exception {
        var pair = wanting(oid, values, CLIENT);
        Expect.violation(Violation.MALFORMED_MESSAGE, pair::handshake);
    }

    @Test
    void ofTwoCertificatesTheOneThatIsWantedIsShown() throws Exception {
        var other = TestCertificates.rsaClient();
        assertEquals(CLIENT.chain(), shown(wanting(EXTENDED_KEY_USAGE, CLIENT_AUTHENTICATION, CLIENT, other)));
        assertEquals(CLIENT.chain(), shown(wanting(EXTENDED_KEY_USAGE, CLIENT_AUTHENTICATION, other, CLIENT)));
    }
}
