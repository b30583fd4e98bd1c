package org.almosttls.agent.lab;

import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.almosttls.registry.ContentType;
import org.junit.jupiter.api.Test;

class TamperingsTest {

    private static WireRecord handshake(int... fragment) {
        var bytes = new byte[5 + fragment.length];
        bytes[0] = (byte) ContentType.HANDSHAKE.code();
        for (int i = 0; i < fragment.length; i++) bytes[5 + i] = (byte) fragment[i];
        return new WireRecord(true, bytes);
    }

    @Test
    void aClientHelloIsOneByItsTypeAndItsLength() {
        assertTrue(Tamperings.isClientHello(handshake(1, 0, 0, 2, 3, 3)));
        assertFalse(Tamperings.isClientHello(handshake(2, 0, 0, 2, 3, 3)));
    }

    /** One encrypted Finished in 256 begins like this, and must go on as it is. */
    @Test
    void anEncryptedFinishedIsNoneWhateverItsFirstOctet() {
        assertFalse(Tamperings.isClientHello(handshake(1, 0x5C, 0x77, 0x10, 0x9A, 0xE4)));
        assertFalse(Tamperings.isClientHello(handshake(1)));
    }
}
