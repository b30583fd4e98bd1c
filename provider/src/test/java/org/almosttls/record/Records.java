package org.almosttls.record;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.nio.ByteBuffer;
import org.almosttls.alert.TlsAlertException;
import org.almosttls.alert.Violation;
import org.almosttls.registry.CipherSuite;
import org.almosttls.registry.ContentType;
import org.almosttls.registry.Tls12Suite;
import org.almosttls.testkit.Expect;

/** Records as arrays, for tests that look at them. */
final class Records {

    static final Tls12Suite GCM = suite(CipherSuite.TLS_ECDHE_RSA_WITH_AES_128_GCM_SHA256);
    static final Tls12Suite GCM_256 = suite(CipherSuite.TLS_ECDHE_RSA_WITH_AES_256_GCM_SHA384);
    static final Tls12Suite CBC_SHA1 = suite(CipherSuite.TLS_RSA_WITH_AES_128_CBC_SHA);
    static final Tls12Suite CBC_SHA256 = suite(CipherSuite.TLS_RSA_WITH_AES_128_CBC_SHA256);

    private Records() {}

    private static Tls12Suite suite(CipherSuite suite) {
        return Tls12Suite.of(suite).orElseThrow();
    }

    /** Octets that repeat only after 251. */
    static byte[] content(int length) {
        var content = new byte[length];
        for (int i = 0; i < length; i++) content[i] = (byte) (i % 251);
        return content;
    }

    static byte[] seal(RecordProtection protection, byte[] content) throws TlsAlertException {
        var network = ByteBuffer.allocate(protection.sealedLength(content.length));
        protection.seal(ContentType.APPLICATION_DATA, ByteBuffer.wrap(content), network);
        return network.array();
    }

    /** Opens a record, of whose header only the version is looked at, into a buffer with exactly the room that was asked for. */
    static byte[] open(RecordProtection protection, byte[] record) throws TlsAlertException {
        var fragment = ByteBuffer.wrap(record).position(RecordReader.HEADER_LENGTH);
        var plaintext = ByteBuffer.allocate(protection.openedBound(fragment.remaining()));
        protection.open(ContentType.APPLICATION_DATA, RecordHeader.uint16(fragment, 1), fragment, plaintext);
        var content = new byte[plaintext.flip().remaining()];
        plaintext.get(content);
        return content;
    }

    static void assertBadRecord(ProtectionPair pair, byte[] record) {
        var refusal = Expect.violation(Violation.BAD_RECORD, () -> pair.open(record));
        assertEquals(Violation.BAD_RECORD.text(), refusal.getMessage(), "tells nothing more");
    }
}
