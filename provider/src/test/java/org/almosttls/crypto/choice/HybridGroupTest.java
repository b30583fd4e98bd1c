package org.almosttls.crypto.choice;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Arrays;
import java.util.List;
import org.almosttls.alert.TlsAlertException;
import org.almosttls.alert.Violation;
import org.almosttls.crypto.CryptoBackend;
import org.almosttls.registry.NamedGroup;
import org.almosttls.testkit.FixedRandomness;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** draft-ietf-tls-ecdhe-mlkem §4, through the backend that connections use. */
class HybridGroupTest {

    private final CryptoBackend crypto = PerOperationBackend.platform();
    private final FixedRandomness randomness = new FixedRandomness(7);

    /** The lengths of draft-ietf-tls-ecdhe-mlkem §4.1 and §4.2, and of the secret, by §4.3. */
    private record Lengths(NamedGroup group, int ofClientsShare, int ofServersShare, int ofSecret) {
        @Override
        public String toString() {
            return group.name();
        }
    }

    static List<Lengths> groups() {
        return List.of(
                new Lengths(NamedGroup.X25519_MLKEM768, 1216, 1120, 64),
                new Lengths(NamedGroup.SECP256R1_MLKEM768, 1249, 1153, 64),
                new Lengths(NamedGroup.SECP384R1_MLKEM1024, 1665, 1665, 80));
    }

    private Violation refusalOfServer(NamedGroup group, byte[] share) {
        return assertThrows(TlsAlertException.class, () -> crypto.encapsulate(group, share, randomness))
                .violation();
    }

    @ParameterizedTest
    @MethodSource("groups")
    void bothEndsComeToTheSameSecret(Lengths lengths) throws Exception {
        assertTrue(crypto.supports(lengths.group));
        try (var client = crypto.keyAgreement(lengths.group, randomness)) {
            byte[] share = client.publicKey();
            assertEquals(lengths.ofClientsShare, share.length);
            try (var server = crypto.encapsulate(lengths.group, share, randomness);
                    var agreed = client.agree(server.share())) {
                assertEquals(lengths.ofServersShare, server.share().length);
                assertEquals(lengths.ofSecret, agreed.length());
                assertArrayEquals(server.secret().bytes(), agreed.bytes());
            }
        }
    }

    @ParameterizedTest
    @MethodSource("groups")
    void sharesOfAnyOtherLengthAreRefused(Lengths lengths) throws Exception {
        try (var client = crypto.keyAgreement(lengths.group, randomness)) {
            byte[] share = client.publicKey();
            for (int length : List.of(0, share.length - 1, share.length + 1))
                assertEquals(Violation.BAD_PUBLIC_KEY, refusalOfServer(lengths.group, Arrays.copyOf(share, length)));
            for (int length : List.of(0, lengths.ofServersShare - 1, lengths.ofServersShare + 1)) {
                var refusal = assertThrows(TlsAlertException.class, () -> client.agree(new byte[length]));
                assertEquals(Violation.BAD_PUBLIC_KEY, refusal.violation());
            }
        }
    }

    /** FIPS 203 §7.2: coefficients are less than the modulus. */
    @Test
    void anEncapsulationKeyOutOfRangeIsRefused() throws Exception {
        try (var client = crypto.keyAgreement(NamedGroup.X25519_MLKEM768, randomness)) {
            byte[] share = client.publicKey();
            Arrays.fill(share, 0, 3, (byte) 0xFF);
            assertEquals(Violation.BAD_PUBLIC_KEY, refusalOfServer(NamedGroup.X25519_MLKEM768, share));
        }
    }

    /** The part of the elliptic curve is checked as it is by itself: RFC 7748 §6.1, RFC 8446 §4.2.8.2. */
    @Test
    void aBadPointBesideAGoodKeyIsRefused() throws Exception {
        try (var client = crypto.keyAgreement(NamedGroup.X25519_MLKEM768, randomness)) {
            byte[] share = client.publicKey();
            Arrays.fill(share, share.length - 32, share.length, (byte) 0);
            assertEquals(Violation.BAD_PUBLIC_KEY, refusalOfServer(NamedGroup.X25519_MLKEM768, share));
        }
        try (var client = crypto.keyAgreement(NamedGroup.SECP256R1_MLKEM768, randomness)) {
            byte[] share = client.publicKey();
            share[64] ^= 1;
            assertEquals(Violation.BAD_PUBLIC_KEY, refusalOfServer(NamedGroup.SECP256R1_MLKEM768, share));
        }
    }

    /** FIPS 203 §7.3: implicit rejection. */
    @Test
    void aChangedCiphertextYieldsAnotherSecret() throws Exception {
        try (var client = crypto.keyAgreement(NamedGroup.X25519_MLKEM768, randomness);
                var server = crypto.encapsulate(NamedGroup.X25519_MLKEM768, client.publicKey(), randomness)) {
            byte[] changed = server.share().clone();
            changed[0] ^= 1;
            try (var agreed = client.agree(changed)) {
                assertFalse(server.secret().matches(agreed.bytes()));
            }
        }
    }

    @Test
    void groupsThatAreNoHybridsAnswerWithAPublicKey() throws Exception {
        try (var client = crypto.keyAgreement(NamedGroup.X25519, randomness);
                var server = crypto.encapsulate(NamedGroup.X25519, client.publicKey(), randomness);
                var agreed = client.agree(server.share())) {
            assertTrue(server.secret().matches(agreed.bytes()));
        }
    }
}
