package org.almosttls.record;

import org.almosttls.alert.TlsAlertException;
import org.almosttls.crypto.RecordKeys;
import org.almosttls.crypto.Secret;
import org.almosttls.crypto.jca.JcaBackend;
import org.almosttls.registry.BulkCipher.Mode;
import org.almosttls.registry.Tls12Suite;
import org.almosttls.testkit.FixedRandomness;

/** The two ends of one direction under the same keys. */
record ProtectionPair(RecordKeys keys, RecordProtection sealing, RecordProtection opening) {

    static ProtectionPair of(Tls12Suite suite) {
        return of(suite, false);
    }

    static ProtectionPair encryptThenMac(Tls12Suite suite) {
        return of(suite, true);
    }

    private static ProtectionPair of(Tls12Suite suite, boolean encryptThenMac) {
        var random = new FixedRandomness(12);
        boolean aead = suite.cipher().mode() == Mode.AEAD;
        var keys = new RecordKeys(
                Secret.owning(random.bytes(aead ? 0 : suite.mac().length())),
                Secret.owning(random.bytes(suite.cipher().keyLength())),
                Secret.owning(random.bytes(aead ? suite.cipher().fixedIvLength() : 0)));
        var protections = new Tls12Protections(0x0303, suite, encryptThenMac, new JcaBackend(), random);
        return new ProtectionPair(keys, protections.sealing(keys), protections.opening(keys));
    }

    byte[] seal(byte[] content) throws TlsAlertException {
        return Records.seal(sealing, content);
    }

    byte[] open(byte[] record) throws TlsAlertException {
        return Records.open(opening, record);
    }
}
