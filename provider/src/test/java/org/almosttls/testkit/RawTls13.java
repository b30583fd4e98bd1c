package org.almosttls.testkit;

import java.nio.ByteBuffer;
import java.security.GeneralSecurityException;
import java.util.Arrays;
import org.almosttls.crypto.Aead;
import org.almosttls.crypto.Aead.Direction;
import org.almosttls.crypto.Secret;
import org.almosttls.crypto.choice.PerOperationBackend;
import org.almosttls.event.TlsEvent.SecretDerived;
import org.almosttls.keyschedule.KnownTrafficSecret;
import org.almosttls.message.EncodedMessage;
import org.almosttls.message.HandshakeMessage;
import org.almosttls.registry.CipherSuite;
import org.almosttls.registry.ContentType;
import org.almosttls.registry.Tls13Suite;

/** Says whatever it likes under the keys that an end of a TLS 1.3 connection has told its listener. */
public final class RawTls13 {

    private static final int HEADER = 5;
    private static final int TAG = 16;

    private final Aead aead;
    private final byte[] iv;
    private long sequence;

    private RawTls13(Aead aead, byte[] iv) {
        this.aead = aead;
        this.iv = iv;
    }

    /** In the place of the end that has just got these keys, before it has said anything. */
    public static RawTls13 under(String label, End teller, CipherSuite suite) {
        var told = teller.events()
                .all(SecretDerived.class)
                .filter(secret -> secret.label().equals(label))
                .findFirst()
                .orElseThrow();
        return under(told.secret(), suite);
    }

    /** The same, of what was told. */
    static RawTls13 under(Secret told, CipherSuite suite) {
        var crypto = PerOperationBackend.platform();
        var known = Tls13Suite.of(suite).orElseThrow();
        try (var secret = KnownTrafficSecret.of(crypto, known.hash(), told);
                var keys = secret.recordKeys(known)) {
            var aead = suite.equals(CipherSuite.TLS_CHACHA20_POLY1305_SHA256)
                    ? crypto.chaCha20Poly1305(Direction.SEAL, keys.key())
                    : crypto.aesGcm(Direction.SEAL, keys.key());
            return new RawTls13(aead, keys.iv().bytes().clone());
        }
    }

    public byte[] seal(ContentType type, byte... content) {
        byte[] inner = Arrays.copyOf(content, content.length + 1);
        inner[content.length] = (byte) type.code();
        return sealInner(inner);
    }

    public byte[] seal(HandshakeMessage message) {
        return seal(ContentType.HANDSHAKE, EncodedMessage.of(message).bytes());
    }

    /** RFC 8446 §5.2: the octets are content, type and padding, or whatever else. */
    public byte[] sealInner(byte... inner) {
        int length = inner.length + TAG;
        byte[] header = {(byte) ContentType.APPLICATION_DATA.code(), 3, 3, (byte) (length >> 8), (byte) length};
        var record = ByteBuffer.allocate(HEADER + length).put(header);
        try {
            aead.start(nonce(sequence++), header, HEADER);
            aead.finish(ByteBuffer.wrap(inner), record);
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
        return record.array();
    }

    private byte[] nonce(long number) {
        byte[] nonce = iv.clone();
        for (int i = 0; i < Long.BYTES; i++) nonce[nonce.length - 1 - i] ^= (byte) (number >>> 8 * i);
        return nonce;
    }
}
