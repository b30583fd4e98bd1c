package org.almosttls.keyschedule;

import static org.almosttls.testkit.Hex.hex;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.util.stream.Stream;
import org.almosttls.crypto.Secret;
import org.almosttls.crypto.jca.JcaBackend;
import org.almosttls.registry.HashAlgorithm;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The test vectors of RFC 5869, Appendix A. */
class HkdfTest {

    private static final String LONG_SECRET = octets(0x00, 80);
    private static final String LONG_SALT = octets(0x60, 80);
    private static final String LONG_INFO = octets(0xB0, 80);

    private final Hkdf hkdf = new Hkdf(new JcaBackend(), HashAlgorithm.SHA256);

    private static String octets(int first, int count) {
        var text = new StringBuilder();
        for (int i = 0; i < count; i++) text.append("%02x".formatted(first + i));
        return text.toString();
    }

    private record Vector(String section, String secret, String salt, String info, String extracted, String expanded) {
        @Override
        public String toString() {
            return section;
        }
    }

    static Stream<Vector> vectors() {
        return Stream.of(
                new Vector(
                        "A.1",
                        "0b".repeat(22),
                        "000102030405060708090a0b0c",
                        "f0f1f2f3f4f5f6f7f8f9",
                        "077709362c2e32df0ddc3f0dc47bba6390b6c73bb50f9c3122ec844ad7c2b3e5",
                        "3cb25f25faacd57a90434f64d0362f2a2d2d0a90cf1a5a4c5db02d56ecc4c5bf34007208d5b887185865"),
                new Vector(
                        "A.2",
                        LONG_SECRET,
                        LONG_SALT,
                        LONG_INFO,
                        "06a6b88c5853361a06104c9ceb35b45cef760014904671014a193f40c15fc244",
                        "b11e398dc80327a1c8e7f78c596a49344f012eda2d4efad8a050cc4c19afa97c59045a99cac7827271cb41c65e590e09"
                                + "da3275600c2f09b8367793a9aca3db71cc30c58179ec3e87c14c01d5c1f3434f1d87"),
                new Vector(
                        "A.3",
                        "0b".repeat(22),
                        "",
                        "",
                        "19ef24a32c717b167f33a91d6f648bdf96596776afdb6377ac434c1c293ccb04",
                        "8da4e775a563c18f715f802a063c5a31b8a11f5c5ee1879ec3454e5f3c738d2d9d201395faa4b61a96c8"));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("vectors")
    void agreesWithTheRfc(Vector vector) {
        try (var key = hkdf.extract(hex(vector.salt), Secret.owning(hex(vector.secret)));
                var out = hkdf.expand(key, hex(vector.info), vector.expanded.length() / 2)) {
            assertArrayEquals(hex(vector.extracted), key.bytes());
            assertArrayEquals(hex(vector.expanded), out.bytes());
        }
    }

    /** RFC 5869 §2.3: at most 255 times the hash. */
    @Test
    void doesNotExpandWithoutEnd() {
        try (var key = Secret.owning(new byte[32])) {
            assertEquals(255 * 32, hkdf.expand(key, new byte[0], 255 * 32).length());
            assertThrows(IllegalArgumentException.class, () -> hkdf.expand(key, new byte[0], 255 * 32 + 1));
        }
    }
}
