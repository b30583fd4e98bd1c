package org.almosttls.crypto;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.ByteBuffer;
import java.security.GeneralSecurityException;
import java.util.Arrays;
import org.almosttls.crypto.Aead.Direction;
import org.almosttls.crypto.jca.JcaBackend;
import org.junit.jupiter.api.Test;

class SecretTest {

    @Test
    void isErasedOnClose() {
        byte[] octets = {1, 2, 3};
        Secret.owning(octets).close();
        assertArrayEquals(new byte[3], octets);
    }

    @Test
    void aSliceIsASecretOfItsOwn() {
        var whole = Secret.owning(new byte[] {1, 2, 3, 4});
        var slice = whole.slice(1, 3);
        whole.close();
        assertArrayEquals(new byte[] {2, 3}, slice.bytes());
    }

    @Test
    void tellsItsLengthAndNothingElse() {
        var secret = Secret.owning(new byte[] {1, 2, 3});
        assertEquals("Secret[3 bytes]", secret.toString());
        var keys = new RecordKeys(secret, secret, secret);
        assertEquals("RecordKeys[mac=Secret[3 bytes], key=Secret[3 bytes], iv=Secret[3 bytes]]", keys.toString());
    }

    @Test
    void matchesTheSameOctetsOnly() {
        var secret = Secret.owning(new byte[] {1, 2, 3});
        assertTrue(secret.matches(new byte[] {1, 2, 3}));
        assertFalse(secret.matches(new byte[] {1, 2, 4}));
        assertFalse(secret.matches(new byte[] {1, 2}));
        assertFalse(secret.matches(new byte[0]));
    }

    /** The primitive has a copy, so the owner may erase the key at once; and after its own close it has none. */
    @Test
    void aPrimitiveOwnsACopyUntilItIsClosed() throws GeneralSecurityException {
        var key = Secret.owning(new byte[16]);
        key.bytes()[0] = 1;
        var aead = new JcaBackend().aesGcm(Direction.SEAL, key);
        byte[] before = sealed(aead, 1);
        key.close();
        assertFalse(Arrays.equals(before, sealed(new JcaBackend().aesGcm(Direction.SEAL, key), 1)));
        sealed(aead, 2);
        aead.close();
        assertThrows(IllegalStateException.class, () -> sealed(aead, 3));
    }

    private static byte[] sealed(Aead aead, int nonce) throws GeneralSecurityException {
        var unique = new byte[12];
        unique[0] = (byte) nonce;
        var out = ByteBuffer.allocate(20);
        aead.start(unique, new byte[0], 0);
        aead.finish(ByteBuffer.allocate(4), out);
        return out.array();
    }
}
