package org.almosttls.record;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.List;
import org.almosttls.alert.TlsAlertException;
import org.almosttls.alert.Violation;
import org.almosttls.crypto.RecordKeys;
import org.almosttls.crypto.Secret;
import org.almosttls.crypto.jca.JcaBackend;
import org.almosttls.registry.ContentType;
import org.almosttls.registry.Tls13Suite;
import org.almosttls.testkit.Expect;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** RFC 8446 §4.2.10: early data that nobody wants. */
class SkippingProtectionTest {

    private static final int VERSION = 0x0303;

    static List<Tls13Suite> suites() {
        return Tls13Suite.ALL;
    }

    private static RecordKeys keys(Tls13Suite suite, int seed) {
        byte[] key = new byte[suite.cipher().keyLength()];
        Arrays.fill(key, (byte) seed);
        return new RecordKeys(Secret.owning(new byte[0]), Secret.owning(key), Secret.owning(new byte[12]));
    }

    private static Tls13Protections protections(Tls13Suite suite) {
        return new Tls13Protections(suite, new JcaBackend());
    }

    private static RecordProtection early(Tls13Suite suite) {
        return protections(suite).sealing(keys(suite, 1), RecordPadding.NONE);
    }

    private static RecordProtection wanted(Tls13Suite suite) {
        return protections(suite).sealing(keys(suite, 2), RecordPadding.NONE);
    }

    private static SkippingProtection skipping(Tls13Suite suite) {
        return SkippingProtection.of(() -> protections(suite).opening(keys(suite, 2)));
    }

    private static ByteBuffer fragment(byte[] record) {
        return ByteBuffer.wrap(record).position(RecordReader.HEADER_LENGTH);
    }

    private static boolean passes(RecordProtection over, ContentType type, byte[] record) throws TlsAlertException {
        var fragment = fragment(record);
        boolean passes = over.passesOver(type, VERSION, fragment);
        assertEquals(passes ? record.length : RecordReader.HEADER_LENGTH, fragment.position());
        return passes;
    }

    private static boolean passes(RecordProtection over, byte[] record) throws TlsAlertException {
        return passes(over, ContentType.APPLICATION_DATA, record);
    }

    @ParameterizedTest
    @MethodSource("suites")
    void whatDoesNotOpenIsPassedOverUntilSomethingDoes(Tls13Suite suite) throws TlsAlertException {
        var early = early(suite);
        var wanted = wanted(suite);
        var skipping = skipping(suite);
        for (int length : new int[] {0, 1, 1000, 16_000})
            assertTrue(passes(skipping, Records.seal(early, new byte[length])));
        for (int number = 0; number < 3; number++) {
            byte[] record = Records.seal(wanted, Records.content(number * 10));
            assertFalse(passes(skipping, record));
            assertArrayEquals(Records.content(number * 10), Records.open(skipping, record));
        }
    }

    @ParameterizedTest
    @MethodSource("suites")
    void whatDoesNotOpenAfterwardsIsABadRecord(Tls13Suite suite) throws TlsAlertException {
        var skipping = skipping(suite);
        byte[] first = Records.seal(wanted(suite), new byte[5]);
        assertFalse(passes(skipping, first));
        Records.open(skipping, first);
        byte[] late = Records.seal(early(suite), new byte[5]);
        assertFalse(passes(skipping, late));
        Expect.violation(Violation.BAD_RECORD, () -> Records.open(skipping, late));
    }

    @Test
    void noMoreThan64KibIsPassedOver() throws TlsAlertException {
        var skipping = skipping(Tls13Suite.ALL.get(0));
        var early = early(Tls13Suite.ALL.get(0));
        byte[] record = Records.seal(early, new byte[1 << 14]);
        for (int i = 0; i < 3; i++) assertTrue(passes(skipping, record));
        Expect.violation(Violation.TOO_MUCH_EARLY_DATA, () -> passes(skipping, record));
    }

    /** Even if nothing is in them. */
    @Test
    void emptyRecordsCountToo() throws TlsAlertException {
        var skipping = SkippingProtection.beforeHello(new PlainProtection(VERSION));
        byte[] record = new byte[RecordReader.HEADER_LENGTH];
        for (int i = 0; i < SkippingProtection.MOST / RecordReader.HEADER_LENGTH; i++)
            assertTrue(passes(skipping, record));
        Expect.violation(Violation.TOO_MUCH_EARLY_DATA, () -> passes(skipping, record));
    }

    @Test
    void beforeAHelloAllDataIsPassedOverAndNothingElse() throws TlsAlertException {
        var skipping = SkippingProtection.beforeHello(new PlainProtection(VERSION));
        byte[] record = new byte[50];
        assertTrue(passes(skipping, record));
        assertFalse(passes(skipping, ContentType.CHANGE_CIPHER_SPEC, record));
        open(skipping, ContentType.CHANGE_CIPHER_SPEC, record);
        assertTrue(passes(skipping, record));
        assertFalse(passes(skipping, ContentType.HANDSHAKE, record));
        open(skipping, ContentType.HANDSHAKE, record);
        assertFalse(passes(skipping, record));
    }

    private static void open(RecordProtection protection, ContentType type, byte[] record) throws TlsAlertException {
        var plaintext = ByteBuffer.allocate(record.length);
        assertEquals(type, protection.open(type, VERSION, fragment(record), plaintext));
        assertEquals(record.length - RecordReader.HEADER_LENGTH, plaintext.position());
    }

    /** A record that authenticates is the client's own, whatever else is wrong with it. */
    @Test
    void whatOpensToNothingGoodIsNotPassedOver() throws TlsAlertException {
        var suite = Tls13Suite.ALL.get(0);
        var skipping = skipping(suite);
        var wanted = wanted(suite);
        var network = ByteBuffer.allocate(100);
        wanted.seal(ContentType.CHANGE_CIPHER_SPEC, ByteBuffer.wrap(new byte[] {1}), network);
        assertFalse(passes(skipping, Arrays.copyOf(network.array(), network.position())));
    }

    @Test
    void noOtherProtectionPassesOver() throws TlsAlertException {
        var plain = new PlainProtection(VERSION);
        assertFalse(passes(plain, new byte[50]));
        assertFalse(passes(new LimitedProtection(plain, 100), new byte[50]));
        var limited = new LimitedProtection(SkippingProtection.beforeHello(plain), 100);
        assertTrue(passes(limited, new byte[50]));
    }
}
