package org.almosttls.record;

import org.almosttls.crypto.Aead.Direction;
import org.almosttls.crypto.CryptoBackend;
import org.almosttls.crypto.Randomness;
import org.almosttls.crypto.RecordKeys;
import org.almosttls.registry.BulkCipher.Mode;
import org.almosttls.registry.CompressionMethod;
import org.almosttls.registry.Tls12Suite;

/**
 * Makes the protections of a suite in TLS 1.2 or 1.1 from the keys of a direction, which stay their owner's to close.
 *
 * @param version of the records, such as 0x0303
 * @param encryptThenMac RFC 7366: whether the MAC of a CBC suite is over what was encrypted
 * @param compression DEFLATE, or none
 */
public record Tls12Protections(
        int version,
        Tls12Suite suite,
        boolean encryptThenMac,
        CompressionMethod compression,
        CryptoBackend crypto,
        Randomness randomness) {

    /** Without compression. */
    public Tls12Protections(
            int version, Tls12Suite suite, boolean encryptThenMac, CryptoBackend crypto, Randomness randomness) {
        this(version, suite, encryptThenMac, CompressionMethod.NULL, crypto, randomness);
    }

    /** For what this end sends, from record 0. */
    public RecordProtection sealing(RecordKeys keys) {
        var sealing = make(Direction.SEAL, keys);
        return compresses() ? new DeflatingProtection(sealing) : sealing;
    }

    /** For what this end receives, from record 0. */
    public RecordProtection opening(RecordKeys keys) {
        var opening = make(Direction.OPEN, keys);
        return compresses() ? new InflatingProtection(opening) : opening;
    }

    private boolean compresses() {
        return compression.equals(CompressionMethod.DEFLATE);
    }

    /** Of content in a record that is opened: RFC 5246 §6.2.1, or §6.2.2 where it is compressed. */
    private int most() {
        return compresses() ? DeflatingProtection.MAX_COMPRESSED : RecordReader.MAX_PLAINTEXT;
    }

    private RecordProtection make(Direction direction, RecordKeys keys) {
        if (suite.cipher().mode() == Mode.AEAD) {
            return new Aead12Protection(
                    RecordAead.of(crypto, suite.cipher(), direction, keys.key()),
                    keys.iv(),
                    new SequenceNumber(),
                    most());
        }
        var chain = new CbcChain(crypto.aesCbc(direction, keys.key()), randomness, most());
        var hmac = crypto.hmac(suite.mac(), keys.mac());
        if (encryptThenMac)
            return new EncryptThenMacProtection(
                    version, chain, new RecordHmac(hmac, suite.mac().length(), new SequenceNumber()));
        var mac = new CbcRecordMac(hmac, suite.mac(), new SequenceNumber());
        return new CbcHmacProtection(version, chain, mac);
    }
}
