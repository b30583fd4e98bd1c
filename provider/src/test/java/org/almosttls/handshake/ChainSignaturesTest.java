package org.almosttls.handshake;

import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;
import org.almosttls.registry.SignatureScheme;
import org.almosttls.testkit.TestAuthority;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** RFC 8446 §4.2.3: which schemes certificates are signed by. */
class ChainSignaturesTest {

    private static final List<SignatureScheme> EVERY =
            IntStream.rangeClosed(0, 0xFFFF).mapToObj(SignatureScheme::new).toList();

    @ParameterizedTest
    @CsvSource({
        "SHA1withRSA, rsa_pkcs1_sha1",
        "SHA256withRSA, rsa_pkcs1_sha256",
        "SHA384withRSA, rsa_pkcs1_sha384",
        "SHA512withRSA, rsa_pkcs1_sha512",
        "SHA1withECDSA, ecdsa_sha1",
        "SHA256withECDSA, ecdsa_secp256r1_sha256",
        "SHA384withECDSA, ecdsa_secp384r1_sha384",
        "SHA512withECDSA, ecdsa_secp521r1_sha512",
        "Ed25519, ed25519",
        "Ed448, ed448"
    })
    void eachSignatureHasItsScheme(String signature, String name) {
        assertSignedBy(signature, name);
    }

    /** The issuer's key decides, which is not always in the chain. */
    @ParameterizedTest
    @CsvSource({
        "SHA256withRSAandMGF1, rsa_pss_rsae_sha256, rsa_pss_pss_sha256",
        "SHA384withRSAandMGF1, rsa_pss_rsae_sha384, rsa_pss_pss_sha384",
        "SHA512withRSAandMGF1, rsa_pss_rsae_sha512, rsa_pss_pss_sha512"
    })
    void thatOfPssIsByEitherKindOfKey(String signature, String underRsa, String underPss) {
        assertSignedBy(signature, underRsa, underPss);
    }

    private static void assertSignedBy(String signature, String... names) {
        var chain = new TestAuthority("CA", signature).issue("leaf").identity().chain();
        var schemes = Arrays.stream(names)
                .map(name -> SignatureScheme.named(name).orElseThrow())
                .toList();
        for (var scheme : schemes) assertTrue(ChainSignatures.fit(chain, List.of(scheme)), scheme::name);
        var others = EVERY.stream().filter(scheme -> !schemes.contains(scheme)).toList();
        assertFalse(ChainSignatures.fit(chain, others));
    }

    @Test
    void whatNobodyHasASchemeForFitsNobody() {
        var chain = new TestAuthority("CA", "SHA224withRSA")
                .issue("leaf")
                .identity()
                .chain();
        assertFalse(ChainSignatures.fit(chain, EVERY));
    }

    @Test
    void whatBeginsThePathMayBeSignedByAny() {
        var own = new TestAuthority("CA", "SHA224withRSA");
        assertTrue(ChainSignatures.fit(List.of(own.certificate()), List.of()));
        var chain = own.issue("leaf").signedBy("SHA256withRSA").identity().chain();
        assertTrue(ChainSignatures.fit(chain, List.of(SignatureScheme.RSA_PKCS1_SHA256)));
    }
}
