package org.almosttls.engine;

import static org.junit.jupiter.api.Assertions.assertTrue;

import com.sun.management.ThreadMXBean;
import java.lang.management.ManagementFactory;
import java.nio.ByteBuffer;
import java.util.Collection;
import java.util.stream.Collectors;
import org.almosttls.registry.CipherSuite;
import org.almosttls.registry.Tls12Suite;
import org.almosttls.testkit.ConnectionPair;
import org.almosttls.testkit.End;
import org.almosttls.testkit.TestCertificates;
import org.almosttls.testkit.TestConfig;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What a record costs a whole connection in memory, once everything is warm and nobody listens to records. */
public class DataPathAllocationTest {

    private static final ThreadMXBean THREADS = (ThreadMXBean) ManagementFactory.getThreadMXBean();
    private static final int RECORDS = 200;
    private static final int ROUNDS = 15;

    /**
     * Octets for one record, sealed and opened: what the JDK takes for itself, some 2,000 for AES-GCM and 150 for HMAC,
     * and nothing in proportion to the record.
     */
    private static final int MOST = 3_000;

    /** ChaCha20-Poly1305 costs the JDK more objects. */
    private static final int MOST_OF_CHACHA = 5_000;

    private static final int TOLERANCE = 100;

    private final ByteBuffer[] source = {ByteBuffer.allocate(TlsConnection.MAX_PLAINTEXT)};
    private final ByteBuffer[] destination = {ByteBuffer.allocate(TlsConnection.MAX_PLAINTEXT)};
    private final ByteBuffer network = ByteBuffer.allocate(TlsConnection.MAX_RECORD);

    static CipherSuite[] suites() {
        return oneOfEachKind().stream().map(Tls12Suite::suite).toArray(CipherSuite[]::new);
    }

    /** Records do not know how their keys were exchanged. */
    public static Collection<Tls12Suite> oneOfEachKind() {
        return Tls12Suite.ALL.stream()
                .collect(Collectors.toMap(each -> each.cipher() + " " + each.mac(), each -> each, (one, other) -> one))
                .values();
    }

    @ParameterizedTest
    @MethodSource("suites")
    void aRecordCostsTheSameWhateverItsLength(CipherSuite suite) throws Exception {
        var pair = TlsConnectionTest.unheardPair(suite);
        pair.handshake();
        long costOfShort = octetsPerRecord(pair, 1_000);
        long costOfLong = octetsPerRecord(pair, TlsConnection.MAX_PLAINTEXT);
        int most = suite.name().contains("CHACHA20") ? MOST_OF_CHACHA : MOST;
        assertTrue(costOfShort <= most, costOfShort + " octets");
        assertTrue(costOfLong <= costOfShort + TOLERANCE, costOfShort + " octets, but " + costOfLong);
    }

    /** RFC 8449: a limit is looked at in every record, and is no object in any. */
    @ParameterizedTest
    @MethodSource("suites")
    void aLimitCostsNothing(CipherSuite suite) throws Exception {
        var plain = TlsConnectionTest.unheardPair(suite);
        plain.handshake();
        var limited = new ConnectionPair(
                End.unheard(
                        TestConfig.client().suites(suite).packets(2_000, false).build()),
                End.unheard(TestConfig.server(TestCertificates.rsaServer(), TestCertificates.ecServer())
                        .packets(2_000, false)
                        .build()));
        limited.handshake();
        long withoutLimit = octetsPerRecord(plain, 1_000);
        long withLimit = octetsPerRecord(limited, 1_000);
        assertTrue(withLimit <= withoutLimit + TOLERANCE, withoutLimit + " octets, but " + withLimit);
    }

    private long octetsPerRecord(ConnectionPair pair, int length) throws Exception {
        long least = Long.MAX_VALUE;
        for (int round = 0; round < ROUNDS; round++) {
            long before = THREADS.getCurrentThreadAllocatedBytes();
            for (int i = 0; i < RECORDS; i++) transfer(pair, length);
            least = Math.min(least, (THREADS.getCurrentThreadAllocatedBytes() - before) / RECORDS);
        }
        return least;
    }

    private void transfer(ConnectionPair pair, int length) throws Exception {
        source[0].clear().limit(length);
        pair.client().connection().send(source, 0, 1, network.clear());
        destination[0].clear();
        pair.server().connection().receive(network.flip(), destination, 0, 1);
    }
}
