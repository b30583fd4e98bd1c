package org.almosttls.keyschedule;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.security.SecureRandom;
import java.util.List;
import org.almosttls.crypto.Secret;
import org.almosttls.crypto.jca.JcaBackend;
import org.almosttls.registry.HashAlgorithm;
import org.almosttls.registry.Role;
import org.almosttls.registry.Tls12Suite;
import org.almosttls.testkit.FixedRandomness;
import org.bouncycastle.tls.PRFAlgorithm;
import org.bouncycastle.tls.crypto.TlsSecret;
import org.bouncycastle.tls.crypto.impl.bc.BcTlsCrypto;
import org.bouncycastle.util.Arrays;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The derivations of TLS 1.2, beside those of another TLS stack. */
class Tls12MasterSecretTest {

    private static final FixedRandomness RANDOMNESS = new FixedRandomness(21);
    private static final byte[] PREMASTER = RANDOMNESS.bytes(48);
    private static final byte[] CLIENT = RANDOMNESS.bytes(32);
    private static final byte[] SERVER = RANDOMNESS.bytes(32);

    static List<Tls12Suite> suites() {
        return Tls12Suite.ALL;
    }

    @ParameterizedTest
    @MethodSource("suites")
    void isDerivedFromBothRandoms(Tls12Suite suite) {
        try (var master = master(suite)) {
            byte[] expected = theirs(PREMASTER, suite, "master secret", Arrays.concatenate(CLIENT, SERVER), 48);
            assertArrayEquals(expected, master.secret().bytes());
        }
    }

    @ParameterizedTest
    @MethodSource("suites")
    void isDerivedFromTheSessionHashIfExtended(Tls12Suite suite) {
        byte[] hash = RANDOMNESS.bytes(suite.prf().length());
        try (var premaster = Secret.owning(PREMASTER.clone());
                var master = Tls12MasterSecret.extended(prf(suite), premaster, hash)) {
            assertArrayEquals(
                    theirs(PREMASTER, suite, "extended master secret", hash, 48),
                    master.secret().bytes());
        }
    }

    @ParameterizedTest
    @MethodSource("suites")
    void verifiesFinishedByRole(Tls12Suite suite) {
        byte[] hash = RANDOMNESS.bytes(suite.prf().length());
        try (var master = master(suite)) {
            byte[] secret = master.secret().bytes();
            byte[] client = theirs(secret, suite, "client finished", hash, 12);
            byte[] server = theirs(secret, suite, "server finished", hash, 12);
            assertArrayEquals(client, master.verifyData(Role.CLIENT, hash));
            assertArrayEquals(server, master.verifyData(Role.SERVER, hash));
            assertTrue(master.verifies(Role.SERVER, hash, server));
            assertFalse(master.verifies(Role.SERVER, hash, client));
            assertFalse(master.verifies(Role.SERVER, hash, new byte[0]));
        }
    }

    /** RFC 5246 §6.3: client MAC, server MAC, client key, server key, client IV, server IV; server random first. */
    @ParameterizedTest
    @MethodSource("suites")
    void cutsTheKeyBlockInOrder(Tls12Suite suite) {
        try (var master = master(suite);
                var keys = master.keyBlock(suite, CLIENT, SERVER)) {
            byte[] inOrder = Arrays.concatenate(new byte[][] {
                keys.client().mac().bytes(), keys.server().mac().bytes(),
                keys.client().key().bytes(), keys.server().key().bytes(),
                keys.client().iv().bytes(), keys.server().iv().bytes()
            });
            byte[] secret = master.secret().bytes();
            byte[] seed = Arrays.concatenate(SERVER, CLIENT);
            assertArrayEquals(theirs(secret, suite, "key expansion", seed, inOrder.length), inOrder);
            assertEquals(keys.client(), keys.writtenBy(Role.CLIENT));
            assertEquals(keys.server(), keys.writtenBy(Role.SERVER));
        }
    }

    /** RFC 5246 §A.5 and §C, RFC 5288 §3, RFC 7905 §2. */
    @ParameterizedTest
    @MethodSource("suites")
    void keysHaveTheLengthsOfTheSuite(Tls12Suite suite) {
        String name = suite.suite().name();
        try (var master = master(suite);
                var keys = master.keyBlock(suite, CLIENT, SERVER)) {
            boolean cbc = name.contains("_CBC_");
            int mac = name.endsWith("_SHA") ? 20 : name.endsWith("_SHA384") ? 48 : 32;
            assertEquals(cbc ? mac : 0, keys.server().mac().length());
            assertEquals(name.contains("AES_128") ? 16 : 32, keys.server().key().length());
            assertEquals(
                    cbc ? 0 : name.contains("CHACHA20") ? 12 : 4,
                    keys.server().iv().length());
        }
    }

    @ParameterizedTest
    @MethodSource("suites")
    void isErasedOnCloseAndNeverPrinted(Tls12Suite suite) {
        var master = master(suite);
        var keys = master.keyBlock(suite, CLIENT, SERVER);
        byte[] live = master.secret().bytes();
        byte[] key = keys.client().key().bytes();
        assertEquals("Tls12MasterSecret", master.toString());
        assertTrue(keys.toString().contains("key=Secret[" + key.length + " bytes]"), keys.toString());
        master.close();
        keys.close();
        assertArrayEquals(new byte[48], live);
        assertArrayEquals(new byte[key.length], key);
    }

    private static Tls12MasterSecret master(Tls12Suite suite) {
        try (var premaster = Secret.owning(PREMASTER.clone())) {
            return Tls12MasterSecret.from(prf(suite), premaster, CLIENT, SERVER);
        }
    }

    private static Prf prf(Tls12Suite suite) {
        return new Prf(new JcaBackend(), suite.prf());
    }

    private static byte[] theirs(byte[] secret, Tls12Suite suite, String label, byte[] seed, int length) {
        int prf = suite.prf() == HashAlgorithm.SHA384 ? PRFAlgorithm.tls_prf_sha384 : PRFAlgorithm.tls_prf_sha256;
        TlsSecret key = new BcTlsCrypto(new SecureRandom()).createSecret(secret.clone());
        return key.deriveUsingPRF(prf, label, seed, length).extract();
    }
}
