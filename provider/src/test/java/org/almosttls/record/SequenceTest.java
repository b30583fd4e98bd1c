package org.almosttls.record;

import static org.almosttls.record.Records.assertBadRecord;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.List;
import org.almosttls.alert.TlsAlertException;
import org.almosttls.alert.Violation;
import org.almosttls.registry.Tls12Suite;
import org.almosttls.testkit.Expect;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** RFC 5246 §6.1: sequence numbers see to it that records stay in order, once each. */
class SequenceTest {

    static List<Tls12Suite> suites() {
        return Tls12Suite.ALL;
    }

    @ParameterizedTest
    @MethodSource("suites")
    void aRecordCannotBeReplayed(Tls12Suite suite) throws TlsAlertException {
        var pair = ProtectionPair.of(suite);
        byte[] record = pair.seal(Records.content(20));
        assertArrayEquals(Records.content(20), pair.open(record));
        assertBadRecord(pair, record);
    }

    @ParameterizedTest
    @MethodSource("suites")
    void recordsCannotBeReorderedOrLeftOut(Tls12Suite suite) throws TlsAlertException {
        var pair = ProtectionPair.of(suite);
        pair.seal(Records.content(20));
        assertBadRecord(pair, pair.seal(Records.content(20)));
    }

    @Test
    void theLastNumberIsUsedAndNoneAfterIt() throws TlsAlertException {
        var sequence = new SequenceNumber(-2);
        assertEquals(-2, sequence.take());
        assertEquals(-1, sequence.take());
        Expect.violation(Violation.SEQUENCE_EXHAUSTED, sequence::take);
        Expect.violation(Violation.SEQUENCE_EXHAUSTED, sequence::take);
    }
}
