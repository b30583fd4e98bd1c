package org.almosttls.message;

import org.almosttls.alert.TlsAlertException;
import org.almosttls.registry.HandshakeType;
import org.almosttls.wire.WireReader;
import org.almosttls.wire.WireWriter;

/** AlmostTLSv1 §4: the textbook's EMS, the master secret under Alice's public key. */
public record EncryptedMasterSecret(byte[] encrypted) implements HandshakeMessage {

    @Override
    public HandshakeType type() {
        return HandshakeType.ENCRYPTED_MASTER_SECRET;
    }

    static EncryptedMasterSecret decode(WireReader in) throws TlsAlertException {
        return new EncryptedMasterSecret(in.opaque16(1));
    }

    @Override
    public void encode(WireWriter out) {
        out.opaque16(encrypted);
    }
}
