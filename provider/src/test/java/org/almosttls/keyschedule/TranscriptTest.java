package org.almosttls.keyschedule;

import static org.almosttls.testkit.Hex.hex;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import org.almosttls.crypto.jca.JcaBackend;
import org.almosttls.registry.HashAlgorithm;
import org.junit.jupiter.api.Test;

class TranscriptTest {

    private static final Transcript AB = Transcript.EMPTY.plus(new byte[] {'a'}).plus(new byte[] {'b'});

    /** NIST, "Example values" for FIPS 180-4: the message {@code abc}. */
    @Test
    void hashesTheMessagesOneAfterTheOther() {
        assertArrayEquals(
                hex("ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad"),
                AB.plus(new byte[] {'c'}).hash(new JcaBackend(), HashAlgorithm.SHA256));
    }

    @Test
    void staysAsItIsWhenItGrows() {
        byte[] before = AB.hash(new JcaBackend(), HashAlgorithm.SHA256);
        AB.plus(new byte[] {'c'});
        AB.messages()[0] = new byte[] {'x'};
        assertArrayEquals(before, AB.hash(new JcaBackend(), HashAlgorithm.SHA256));
        assertEquals(0, Transcript.EMPTY.messages().length);
    }

    @Test
    void givesItsMessagesInOrder() {
        assertArrayEquals(new byte[][] {{'a'}, {'b'}}, AB.messages());
    }
}
