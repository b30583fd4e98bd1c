package org.almosttls.keyschedule;

import static org.almosttls.testkit.Hex.hex;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;

import org.almosttls.crypto.Secret;
import org.almosttls.crypto.jca.JcaBackend;
import org.almosttls.registry.HashAlgorithm;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class PrfTest {

    /** "Test vectors for the TLS 1.2 PRF", posted to the IETF TLS working group's list in 2009. */
    @ParameterizedTest
    @CsvSource({
        "SHA256, 9bbe436ba940f017b17652849a71db35, a0ba9f936cda311827a6f796ffd5198c,"
                + "e3f229ba727be17b8d122620557cd453c2aab21d07c3d495329b52d4e61edb5a"
                + "6b301791e90d35c9c9a46b4e14baf9af0fa022f7077def17abfd3797c0564bab"
                + "4fbc91666e9def9b97fce34f796789baa48082d122ee42c5a72e5a5110fff701"
                + "87347b66",
        "SHA384, b80b733d6ceefcdc71566ea48e5567df, cd665cf6a8447dd6ff8b27555edb7465,"
                + "7b0c18e9ced410ed1804f2cfa34a336a1c14dffb4900bb5fd7942107e81c83cd"
                + "e9ca0faa60be9fe34f82b1233c9146a0e534cb400fed2700884f9dc236f80edd"
                + "8bfa961144c9e8d792eca722a7b32fc3d416d473ebc2c5fd4abfdad05d918425"
                + "9b5bf8cd4d90fa0d31e2dec479e4f1a26066f2eea9a69236a3e52655c9e9aee6"
                + "91c8f3a26854308d5eaa3be85e0990703d73e56f"
    })
    void matchesThePublishedVectors(HashAlgorithm hash, String secret, String seed, String output) {
        byte[] expected = hex(output);
        try (var key = Secret.owning(hex(secret));
                var actual = new Prf(new JcaBackend(), hash).expand(key, "test label", expected.length, hex(seed))) {
            assertArrayEquals(expected, actual.bytes());
        }
    }

    /** RFC 4346 §5: secrets of an odd and of an even number of octets; the values are OpenSSL's (kdf TLS1-PRF, MD5-SHA1). */
    @ParameterizedTest
    @CsvSource({
        "b80b733d6ceefcdc71566ea48e5567df11b80b733d6ceefcdc71566ea48e5567df11b80b733d6ceefcdc71566ea48e5567df11,"
                + "8885e13e0a4bad228292ff3f1b0017c9fb3d4e9579e541c5438790ad262d49460e3500bd29232160"
                + "2ed318be5de94a4ae40f9131f3239fb7430bf3d00fb3008c483babb1638afef5eba03780950717da"
                + "13c9b14ee353d86e268250560f34cfc61bead8777fd8978d",
        "cd665cf6a8447dd6ff8b27555edb7465cd665cf6a8447dd6ff8b27555edb7465cd665cf6a8447dd6ff8b27555edb7465,"
                + "9e0c9010ddd88c1750bac04427fb37ed2820fe1bcabc383803a4c47399b0ae2116d8b7ae13242d8d"
                + "97638e8e7c5e80c0"
    })
    void agreesWithAnotherImplementationBeforeTls12(String secret, String output) {
        byte[] expected = hex(output);
        byte[] seed = hex("cd665cf6a8447dd6ff8b27555edb7465");
        try (var key = Secret.owning(hex(secret));
                var actual = Prf.md5XorSha1(new JcaBackend()).expand(key, "test label", expected.length, seed)) {
            assertArrayEquals(expected, actual.bytes());
        }
    }
}
