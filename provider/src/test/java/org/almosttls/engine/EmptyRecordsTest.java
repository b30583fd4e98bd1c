package org.almosttls.engine;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.nio.ByteBuffer;
import org.almosttls.alert.Violation;
import org.almosttls.registry.ContentType;
import org.almosttls.testkit.ConnectionPair;
import org.almosttls.testkit.Expect;
import org.almosttls.testkit.TestCertificates;
import org.almosttls.testkit.TestConfig;
import org.junit.jupiter.api.Test;

/** RFC 5246 §6.2.1: application data may be empty, but not for ever. */
class EmptyRecordsTest {

    private static final int TOLERATED = 32;

    private final ConnectionPair pair = new ConnectionPair(
            TestConfig.client().build(),
            TestConfig.server(TestCertificates.ecServer()).build());
    private final Outbound outbound;

    EmptyRecordsTest() throws Exception {
        pair.handshake();
        // No caller can have such a record sent.
        var field = TlsConnection.class.getDeclaredField("outbound");
        field.setAccessible(true);
        outbound = (Outbound) field.get(pair.client().connection());
    }

    private byte[] emptyRecords(int count) throws Exception {
        for (int i = 0; i < count; i++) outbound.add(ContentType.APPLICATION_DATA, new byte[0]);
        return pair.client().flush();
    }

    @Test
    void anEmptyRecordNeedsNoBuffer() throws Exception {
        var server = pair.server().connection();
        var record = ByteBuffer.wrap(emptyRecords(1));
        assertEquals(Progress.DONE, server.receive(record, new ByteBuffer[0], 0, 0));
        assertEquals(0, record.remaining());
        assertEquals(ConnectionStatus.READY, server.status());
    }

    @Test
    void aFewInARowAreTolerated() throws Exception {
        pair.server().deliver(emptyRecords(TOLERATED));
        pair.server().deliver(pair.client().seal(new byte[] {7}));
        pair.server().deliver(emptyRecords(TOLERATED));
        pair.server().receive();
        assertEquals(1, pair.server().data().length);
    }

    @Test
    void aFloodIsNot() throws Exception {
        pair.server().deliver(emptyRecords(TOLERATED + 1));
        Expect.violation(Violation.TOO_MANY_EMPTY_RECORDS, pair.server()::receive);
    }
}
