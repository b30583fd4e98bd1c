package org.almosttls.crypto.choice;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.PrivateKey;
import java.util.Arrays;
import org.almosttls.crypto.CryptoBackend;
import org.almosttls.crypto.Secret;
import org.almosttls.registry.SignatureScheme;
import org.almosttls.testkit.DeviceKey;
import org.almosttls.testkit.DeviceProvider;
import org.almosttls.testkit.FixedRandomness;
import org.almosttls.testkit.TestCertificates;
import org.almosttls.testkit.TestIdentity;
import org.junit.jupiter.api.Test;

class PerOperationBackendTest {

    /** One for all tests, since the providers change while it lives. */
    private static final CryptoBackend CRYPTO = PerOperationBackend.platform();

    private static final SignatureScheme ECDSA = SignatureScheme.ECDSA_SECP256R1_SHA256;
    private static final byte[] CONTENT = "to be signed".getBytes(StandardCharsets.US_ASCII);
    private static final TestIdentity EC = TestCertificates.ecServer();
    private static final TestIdentity RSA = TestCertificates.rsaServer();

    /** The fast implementation signs as RFC 6979 says, always the same; the platform's draws a nonce. */
    @Test
    void signsFastWithAPlatformKey() throws GeneralSecurityException {
        assertTrue(signsAlwaysTheSame(EC.key()));
    }

    @Test
    void signsByTheDeviceWithAKeyThatCannotLeaveIt() throws GeneralSecurityException {
        try (var device = DeviceProvider.last()) {
            assertEquals("TestDevice", device.getName());
            assertFalse(signsAlwaysTheSame(new DeviceKey(EC.key())));
        }
    }

    @Test
    void leavesSigningToAProviderThatTheUserPutFirst() throws GeneralSecurityException {
        try (var device = DeviceProvider.first()) {
            assertEquals("TestDevice", device.getName());
            assertFalse(signsAlwaysTheSame(EC.key()));
        }
    }

    private static boolean signsAlwaysTheSame(PrivateKey key) throws GeneralSecurityException {
        byte[] one = CRYPTO.sign(ECDSA, key, new FixedRandomness(1), CONTENT);
        byte[] two = CRYPTO.sign(ECDSA, key, new FixedRandomness(2), CONTENT);
        assertTrue(CRYPTO.verify(ECDSA, EC.certificate().getPublicKey(), one, CONTENT));
        assertTrue(CRYPTO.verify(ECDSA, EC.certificate().getPublicKey(), two, CONTENT));
        return Arrays.equals(one, two);
    }

    @Test
    void decryptsByADeviceThatRemovesThePaddingItself() throws GeneralSecurityException {
        byte[] premaster = new FixedRandomness(6).bytes(48);
        premaster[0] = 3;
        premaster[1] = 3;
        byte[] encrypted = CRYPTO.rsaEncrypt(
                RSA.certificate().getPublicKey(), Secret.owning(premaster.clone()), new FixedRandomness(7));
        assertArrayEquals(premaster, decryptedByDevice(encrypted));
    }

    /** RFC 5246 §7.4.7.1: the version and fresh octets, as for any other key. */
    @Test
    void aDevicesRefusalLooksLikeAPremasterSecret() throws GeneralSecurityException {
        byte[] expected = new FixedRandomness(8).bytes(48);
        expected[0] = 3;
        expected[1] = 3;
        assertArrayEquals(expected, decryptedByDevice(new byte[256]));
        byte[] tooShort = CRYPTO.rsaEncrypt(
                RSA.certificate().getPublicKey(), Secret.owning(new byte[47]), new FixedRandomness(9));
        assertArrayEquals(expected, decryptedByDevice(tooShort));
    }

    private static byte[] decryptedByDevice(byte[] encrypted) {
        try (var device = DeviceProvider.last()) {
            assertEquals("TestDevice", device.getName());
            return CRYPTO.rsaDecryptPremaster(new DeviceKey(RSA.key()), encrypted, 0x0303, new FixedRandomness(8))
                    .bytes();
        }
    }
}
