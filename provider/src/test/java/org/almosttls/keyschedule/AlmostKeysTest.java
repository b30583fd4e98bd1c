package org.almosttls.keyschedule;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import java.nio.charset.StandardCharsets;
import java.util.HashSet;
import java.util.HexFormat;
import java.util.List;
import org.almosttls.crypto.Secret;
import org.almosttls.crypto.jca.JcaBackend;
import org.almosttls.registry.Role;
import org.bouncycastle.crypto.digests.SHA256Digest;
import org.bouncycastle.crypto.generators.HKDFBytesGenerator;
import org.bouncycastle.crypto.params.HKDFParameters;
import org.junit.jupiter.api.Test;

/** The four keys of AlmostTLSv1, against Bouncy Castle's HKDF. */
class AlmostKeysTest {

    private static final byte[] MASTER = new byte[AlmostKeys.MASTER_SECRET_LENGTH];

    static {
        for (int i = 0; i < MASTER.length; i++) MASTER[i] = (byte) i;
    }

    private static byte[] byBouncyCastle(String label, int length) {
        var generator = new HKDFBytesGenerator(new SHA256Digest());
        generator.init(new HKDFParameters(MASTER, new byte[0], label.getBytes(StandardCharsets.US_ASCII)));
        var key = new byte[length];
        generator.generateBytes(key, 0, length);
        return key;
    }

    @Test
    void eachKeyHasALabelOfItsOwn() {
        try (var keys = AlmostKeys.derive(new JcaBackend(), Secret.owning(MASTER.clone()))) {
            assertArrayEquals(
                    byBouncyCastle("AlmostTLSv1 E_B", 16), keys.bob().key().bytes());
            assertArrayEquals(
                    byBouncyCastle("AlmostTLSv1 M_B", 32), keys.bob().mac().bytes());
            assertArrayEquals(
                    byBouncyCastle("AlmostTLSv1 E_A", 16), keys.alice().key().bytes());
            assertArrayEquals(
                    byBouncyCastle("AlmostTLSv1 M_A", 32), keys.alice().mac().bytes());
        }
    }

    @Test
    void bobIsTheClientAndAliceTheServer() {
        try (var keys = AlmostKeys.derive(new JcaBackend(), Secret.owning(MASTER.clone()))) {
            assertEquals(keys.bob(), keys.writtenBy(Role.CLIENT));
            assertEquals(keys.alice(), keys.writtenBy(Role.SERVER));
        }
    }

    @Test
    void onlyInTheLabDoDirectionsShareKeys() {
        try (var keys = AlmostKeys.deriveOnePair(new JcaBackend(), Secret.owning(MASTER.clone()))) {
            assertArrayEquals(keys.bob().key().bytes(), keys.alice().key().bytes());
            assertArrayEquals(keys.bob().mac().bytes(), keys.alice().mac().bytes());
        }
    }

    @Test
    void allAreErasedTogetherAndNoneIsPrinted() {
        var keys = AlmostKeys.derive(new JcaBackend(), Secret.owning(MASTER.clone()));
        assertEquals("AlmostKeys", keys.toString());
        keys.close();
        var left = new HashSet<String>();
        for (var pair : List.of(keys.bob(), keys.alice()))
            for (var secret : List.of(pair.key(), pair.mac()))
                left.add(HexFormat.of().formatHex(secret.bytes()).replace("0", ""));
        assertEquals(new HashSet<>(List.of("")), left);
    }
}
