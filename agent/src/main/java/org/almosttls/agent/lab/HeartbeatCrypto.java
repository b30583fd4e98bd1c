package org.almosttls.agent.lab;

import java.nio.ByteBuffer;
import java.security.GeneralSecurityException;
import org.almosttls.crypto.Aead;
import org.almosttls.crypto.CryptoBackend;
import org.almosttls.crypto.ForwardingCrypto;
import org.almosttls.crypto.Secret;
import org.almosttls.registry.ContentType;

/**
 * Mallory's own cryptography: what his stack takes for data is sealed as a heartbeat, so that he can say whatever he likes
 * in one. RFC 5246 §6.2.3.3: the type of a record is authenticated with it.
 */
final class HeartbeatCrypto extends ForwardingCrypto {

    /** In the additional data, behind the sequence number. */
    private static final int TYPE = 8;

    HeartbeatCrypto(CryptoBackend proper) {
        super(proper);
    }

    @Override
    public Aead aesGcm(Aead.Direction direction, Secret key) {
        var proper = super.aesGcm(direction, key);
        return direction == Aead.Direction.SEAL ? new Disguising(proper) : proper;
    }

    private record Disguising(Aead proper) implements Aead {

        @Override
        public void start(byte[] nonce, byte[] additionalData, int length) throws GeneralSecurityException {
            var disguised = additionalData.clone();
            if (disguised[TYPE] == ContentType.APPLICATION_DATA.code())
                disguised[TYPE] = (byte) ContentType.HEARTBEAT.code();
            proper.start(nonce, disguised, length);
        }

        @Override
        public void update(ByteBuffer in, ByteBuffer out) throws GeneralSecurityException {
            proper.update(in, out);
        }

        @Override
        public void finish(ByteBuffer in, ByteBuffer out) throws GeneralSecurityException {
            proper.finish(in, out);
        }

        @Override
        public void close() {
            proper.close();
        }
    }
}
