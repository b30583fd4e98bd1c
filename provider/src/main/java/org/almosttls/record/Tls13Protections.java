package org.almosttls.record;

import org.almosttls.crypto.Aead.Direction;
import org.almosttls.crypto.CryptoBackend;
import org.almosttls.crypto.RecordKeys;
import org.almosttls.registry.Tls13Suite;

/** Makes the protections of a TLS 1.3 suite from the keys of a direction, which stay their owner's to close. */
public record Tls13Protections(Tls13Suite suite, CryptoBackend crypto) {

    /** For what this end sends, from record 0. */
    public RecordProtection sealing(RecordKeys keys, RecordPadding padding) {
        return make(Direction.SEAL, keys, padding);
    }

    /** For what this end receives, from record 0. */
    public RecordProtection opening(RecordKeys keys) {
        return make(Direction.OPEN, keys, RecordPadding.NONE);
    }

    private RecordProtection make(Direction direction, RecordKeys keys, RecordPadding padding) {
        var aead = RecordAead.of(crypto, suite.cipher(), direction, keys.key());
        return new Aead13Protection(aead, keys.iv(), new SequenceNumber(), padding);
    }
}
