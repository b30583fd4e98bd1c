package org.almosttls.engine;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.ByteBuffer;
import org.almosttls.alert.TlsAlertException;
import org.almosttls.record.NextProtection;
import org.almosttls.record.PlainProtection;
import org.almosttls.record.RecordProtection;
import org.almosttls.registry.ContentType;
import org.junit.jupiter.api.Test;

/** RFC 8446 §5.5: keys are worn by records and by octets, whichever come first. */
class SealingTest {

    private static final int VERSION = 0x0303;
    private static final int PACKET = 16709;

    private record Limits(long mostRecords, long mostOctets) implements NextProtection {
        @Override
        public RecordProtection next() {
            return new PlainProtection(VERSION);
        }

        @Override
        public void close() {}
    }

    private static Sealing sealing(long records, long octets) {
        var sealing = new Sealing(new PlainProtection(VERSION), PACKET);
        sealing.renewBy(new Limits(records, octets));
        return sealing;
    }

    private static void seal(Sealing sealing, int octets) throws TlsAlertException {
        sealing.seal(ContentType.APPLICATION_DATA, ByteBuffer.allocate(octets), ByteBuffer.allocate(PACKET));
    }

    private static int recordsUntilWorn(Sealing sealing, int octets) throws TlsAlertException {
        int records = 0;
        for (; !sealing.isWorn(octets); records++) seal(sealing, octets);
        return records;
    }

    @Test
    void theLastRecordThatKeysAreGoodForIsLeftForTheKeyUpdate() throws TlsAlertException {
        assertEquals(4, recordsUntilWorn(sealing(5, Long.MAX_VALUE), 1));
    }

    @Test
    void recordsOfWhateverContentCount() throws TlsAlertException {
        var sealing = sealing(5, Long.MAX_VALUE);
        for (int i = 0; i < 4; i++) seal(sealing, 0);
        assertTrue(sealing.isWorn(1));
    }

    @Test
    void octetsAreCountedAsFarAsTheyFit() throws TlsAlertException {
        assertEquals(3, recordsUntilWorn(sealing(Long.MAX_VALUE, 399), 100));
        assertEquals(4, recordsUntilWorn(sealing(Long.MAX_VALUE, 400), 100));
    }

    @Test
    void newKeysAreCountedAnew() throws TlsAlertException {
        var sealing = sealing(5, 200);
        assertEquals(2, recordsUntilWorn(sealing, 100));
        sealing.use(sealing.following().orElseThrow().next());
        assertEquals(2, recordsUntilWorn(sealing, 100));
        sealing.use(sealing.following().orElseThrow().next());
        assertEquals(4, recordsUntilWorn(sealing, 1));
    }

    /** Or no data would ever go, but one KeyUpdate after the other. */
    @Test
    void newKeysAreGoodForARecordOfAnyLength() throws TlsAlertException {
        var sealing = sealing(5, 10);
        assertFalse(sealing.isWorn(11));
        assertEquals(1, recordsUntilWorn(sealing, 11));
    }

    @Test
    void whatCannotBeRenewedIsNeverWorn() throws TlsAlertException {
        var sealing = new Sealing(new PlainProtection(VERSION), PACKET);
        for (int i = 0; i < 10; i++) seal(sealing, 1 << 14);
        assertFalse(sealing.isWorn(1 << 14));
    }
}
