package org.almosttls.record;

import java.nio.ByteBuffer;
import org.almosttls.alert.TlsAlertException;
import org.almosttls.alert.Violation;
import org.almosttls.crypto.Aead.Direction;
import org.almosttls.crypto.BlockCipher;
import org.almosttls.crypto.CryptoBackend;
import org.almosttls.crypto.Randomness;
import org.almosttls.crypto.RecordKeys;
import org.almosttls.crypto.Secret;
import org.almosttls.registry.ContentType;
import org.almosttls.registry.HashAlgorithm;

/**
 * Makes the protections of AlmostTLSv1 from the keys of a direction, which stay their owner's to close; for the lab also
 * with something missing.
 */
public final class AlmostProtections {

    private final CryptoBackend crypto;
    private final Randomness randomness;
    private boolean encrypts = true;
    private boolean authenticates = true;
    private boolean counts = true;

    /** Of the whole protocol. */
    public AlmostProtections(CryptoBackend crypto, Randomness randomness) {
        this.crypto = crypto;
        this.randomness = randomness;
    }

    /** The lab's: E_B and E_A are not used. */
    public AlmostProtections withoutEncryption() {
        encrypts = false;
        return this;
    }

    /** The lab's: M_B and M_A are not used. */
    public AlmostProtections withoutHmac() {
        authenticates = false;
        return this;
    }

    /** The lab's: every record is number 0. */
    public AlmostProtections withoutSequenceNumbers() {
        counts = false;
        return this;
    }

    /** For what this end sends, from record 0. */
    public RecordProtection sealing(RecordKeys keys) {
        return make(Direction.SEAL, keys);
    }

    /** For what this end receives, from record 0. */
    public RecordProtection opening(RecordKeys keys) {
        return make(Direction.OPEN, keys);
    }

    private RecordProtection make(Direction direction, RecordKeys keys) {
        var mac = authenticates ? hmac(keys.mac()) : new NoMac();
        var cipher = encrypts ? crypto.aesCbc(direction, keys.key()) : new NoCipher();
        return new AlmostProtection(
                new CbcHmacProtection(AlmostProtection.VERSION, new CbcChain(cipher, randomness), mac), mac);
    }

    private RecordMac hmac(Secret key) {
        var sequence = counts ? new SequenceNumber() : SequenceNumber.stuck();
        return new CbcRecordMac(crypto.hmac(HashAlgorithm.SHA256, key), HashAlgorithm.SHA256, sequence);
    }

    /** Blocks as they are. */
    private static final class NoCipher implements BlockCipher {

        @Override
        public void process(byte[] iv, ByteBuffer in, ByteBuffer out) {
            out.put(in);
        }

        @Override
        public void close() {
            // There is no key to erase.
        }
    }

    /** Padding alone, as the first block ciphers had it; whoever may ask whether it is right can decrypt (Vaudenay, 2002). */
    private static final class NoMac implements RecordMac {

        @Override
        public int length() {
            return 0;
        }

        @Override
        public RecordMac start(ContentType type, int version, int contentLength) {
            return this;
        }

        @Override
        public void update(ByteBuffer content) {
            content.position(content.limit());
        }

        @Override
        public void tag(byte[] out, int offset) {
            // There is none.
        }

        @Override
        public int verifiedLength(ContentType type, int version, byte[] text, int length) throws TlsAlertException {
            int padding = text[length - 1] & 0xFF;
            Violation.BAD_RECORD.when(padding >= length);
            for (int i = length - 1 - padding; i < length; i++) Violation.BAD_RECORD.when((text[i] & 0xFF) != padding);
            return length - 1 - padding;
        }

        @Override
        public boolean verifies(long number, ContentType type, int version, byte[] text, int length) {
            return false;
        }

        @Override
        public long next() {
            return 0;
        }

        @Override
        public void close() {
            // There is no key to erase.
        }
    }
}
