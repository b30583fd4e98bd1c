package org.almosttls.record;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.sun.management.ThreadMXBean;
import java.lang.management.ManagementFactory;
import java.nio.ByteBuffer;
import java.security.GeneralSecurityException;
import java.security.SecureRandom;
import java.util.Collection;
import org.almosttls.alert.TlsAlertException;
import org.almosttls.crypto.Aead;
import org.almosttls.crypto.Aead.Direction;
import org.almosttls.crypto.RecordKeys;
import org.almosttls.crypto.Secret;
import org.almosttls.crypto.jca.JcaBackend;
import org.almosttls.engine.DataPathAllocationTest;
import org.almosttls.registry.BulkCipher;
import org.almosttls.registry.BulkCipher.Mode;
import org.almosttls.registry.CipherSuite;
import org.almosttls.registry.ContentType;
import org.almosttls.registry.Tls12Suite;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What a record costs in memory once everything is warm: nothing of ours, and of the JDK's a constant. */
class AllocationTest {

    private static final ThreadMXBean THREADS = (ThreadMXBean) ManagementFactory.getThreadMXBean();
    private static final int RECORDS = 200;
    private static final int ROUNDS = 15;
    private static final int SHORT = 1000;
    private static final int LONG = RecordReader.MAX_PLAINTEXT;
    /** The JDK's objects differ by some octets with what the compiler made of them so far; a copied record would not. */
    private static final int TOLERANCE = 100;

    private static final SecureRandom UNRANDOM = new SecureRandom() {
        private static final long serialVersionUID = 1L;

        @Override
        public void nextBytes(byte[] bytes) {
            bytes[0]++;
        }
    };

    private final RecordReader reader = new RecordReader();
    private final ByteBuffer content = ByteBuffer.allocate(LONG);
    private final ByteBuffer network = ByteBuffer.allocate(LONG + 2048);
    private final ByteBuffer opened = ByteBuffer.allocate(LONG + 2048);

    static Collection<Tls12Suite> suites() {
        return DataPathAllocationTest.oneOfEachKind();
    }

    @ParameterizedTest
    @MethodSource("suites")
    void aLongRecordCostsNoMoreThanAShortOne(Tls12Suite suite) throws TlsAlertException, GeneralSecurityException {
        var sealing = protections(suite).sealing(keys(suite));
        var opening = protections(suite).opening(keys(suite));
        long costOfShort = octetsPer(() -> transfer(sealing, opening, SHORT));
        long costOfLong = octetsPer(() -> transfer(sealing, opening, LONG));
        assertTrue(costOfLong <= costOfShort + TOLERANCE, costOfShort + " octets, but " + costOfLong);
    }

    @ParameterizedTest
    @MethodSource("suites")
    void aRecordCostsWhatTheJdkTakesForItself(Tls12Suite suite) throws TlsAlertException, GeneralSecurityException {
        var sealing = protections(suite).sealing(keys(suite));
        var opening = protections(suite).opening(keys(suite));
        long bare = suite.cipher().mode() == Mode.AEAD ? octetsPer(bareAead(suite)) : octetsPer(bareHmac(suite));
        long whole = octetsPer(() -> transfer(sealing, opening, SHORT));
        assertTrue(whole <= bare + TOLERANCE, bare + " octets of the JDK, " + whole + " in all");
    }

    @Test
    void aPlainRecordCostsNothing() throws TlsAlertException, GeneralSecurityException {
        var plain = new PlainProtection(0x0303);
        assertEquals(0, octetsPer(() -> transfer(plain, plain, LONG)));
    }

    /** As the same cipher in TLS 1.2: a cheaper record would not be the same, a dearer one allocates something. */
    @Test
    void theTextbooksRecordCostsWhatOneOfTls12Does() throws TlsAlertException, GeneralSecurityException {
        var keys = keys(Records.CBC_SHA256);
        var textbook = new AlmostProtections(new JcaBackend(), AllocationTest::unrandom);
        var sealing = textbook.sealing(keys);
        var opening = textbook.opening(keys);
        reader.expect(RecordVersions.ALMOST);
        long ofTextbook = octetsPer(() -> transfer(sealing, opening, LONG));
        long bare = octetsPer(bareHmac(Records.CBC_SHA256));
        assertTrue(ofTextbook <= bare + TOLERANCE, bare + " octets of the JDK, " + ofTextbook + " in all");
    }

    /** One tag less each way than with the MAC inside, where one evens out the time. */
    @Test
    void encryptThenMacCostsNoMoreThanItsTags() throws TlsAlertException, GeneralSecurityException {
        var keys = keys(Records.CBC_SHA256);
        var protections =
                new Tls12Protections(0x0303, Records.CBC_SHA256, true, new JcaBackend(), AllocationTest::unrandom);
        var sealing = protections.sealing(keys);
        var opening = protections.opening(keys);
        long whole = octetsPer(() -> transfer(sealing, opening, LONG));
        long bare = octetsPer(bareHmac(Records.CBC_SHA256));
        assertTrue(whole <= bare + TOLERANCE, bare + " octets of the JDK, " + whole + " in all");
    }

    /** Buffers outside of the heap, as frameworks have them. */
    @Test
    void chaCha20CostsNoCopyOfItsOwnOutsideOfTheHeap() throws TlsAlertException, GeneralSecurityException {
        var suite = Tls12Suite.of(CipherSuite.named("TLS_ECDHE_RSA_WITH_CHACHA20_POLY1305_SHA256")
                        .orElseThrow())
                .orElseThrow();
        var sealing = protections(suite).sealing(keys(suite));
        var opening = protections(suite).opening(keys(suite));
        var outside = ByteBuffer.allocateDirect(LONG);
        long cost = octetsPer(() -> {
            sealing.seal(ContentType.APPLICATION_DATA, content.clear(), network.clear());
            reader.find(network.flip());
            network.position(RecordReader.HEADER_LENGTH);
            opening.open(reader.type(), reader.version(), network, outside.clear());
        });
        assertTrue(cost < LONG / 2, cost + " octets");
    }

    private void transfer(RecordProtection sealing, RecordProtection opening, int length) throws TlsAlertException {
        sealing.seal(ContentType.APPLICATION_DATA, content.clear().limit(length), network.clear());
        assertTrue(reader.find(network.flip()));
        network.position(RecordReader.HEADER_LENGTH);
        opening.open(reader.type(), reader.version(), network, opened.clear());
    }

    /** The cipher both ways with nothing around it. */
    private Operation bareAead(Tls12Suite suite) {
        var key = keys(suite).key();
        var sealing = aead(suite, Direction.SEAL, key);
        var opening = aead(suite, Direction.OPEN, key);
        var nonce = new byte[12];
        var additional = new byte[13];
        return () -> {
            for (int i = 0; i < 4 && ++nonce[i] == 0; i++) additional[i]++;
            sealing.start(nonce, additional, additional.length);
            sealing.finish(content.clear().limit(SHORT), network.clear());
            opening.start(nonce, additional, additional.length);
            opening.finish(network.flip(), opened.clear());
        };
    }

    private static Aead aead(Tls12Suite suite, Direction direction, Secret key) {
        return suite.cipher() == BulkCipher.CHACHA20_POLY1305
                ? new JcaBackend().chaCha20Poly1305(direction, key)
                : new JcaBackend().aesGcm(direction, key);
    }

    /** Three tags: for sealing, for opening, and the one that evens out the time. AES-CBC takes nothing. */
    private Operation bareHmac(Tls12Suite suite) {
        var hmac = new JcaBackend().hmac(suite.mac(), keys(suite).mac());
        var tag = new byte[suite.mac().length()];
        return () -> {
            for (int i = 0; i < 3; i++)
                hmac.update(content.clear().limit(SHORT)).tag(tag, 0);
        };
    }

    interface Operation {
        void run() throws TlsAlertException, GeneralSecurityException;
    }

    /** The least of several rounds, since compilation may interfere with any. */
    static long octetsPer(Operation operation) throws TlsAlertException, GeneralSecurityException {
        long least = Long.MAX_VALUE;
        for (int round = 0; round < ROUNDS; round++) {
            long before = THREADS.getCurrentThreadAllocatedBytes();
            for (int i = 0; i < RECORDS; i++) operation.run();
            least = Math.min(least, (THREADS.getCurrentThreadAllocatedBytes() - before) / RECORDS);
        }
        return least;
    }

    private static Tls12Protections protections(Tls12Suite suite) {
        return new Tls12Protections(0x0303, suite, false, new JcaBackend(), AllocationTest::unrandom);
    }

    private static SecureRandom unrandom() {
        return UNRANDOM;
    }

    private static RecordKeys keys(Tls12Suite suite) {
        return new RecordKeys(
                Secret.owning(Records.content(suite.mac().length())),
                Secret.owning(Records.content(suite.cipher().keyLength())),
                Secret.owning(new byte[suite.cipher().fixedIvLength()]));
    }
}
