package org.almosttls.handshake.tls13;

import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;

class SendingKeysTest {

    /** RFC 8446 §5.5: 2^24.5 records of full size on one connection. */
    @Test
    void keysAreChangedBeforeAesGcmHasHadAsManyRecordsAsItMay() {
        long most = new SendingKeys(null, null).mostRecords();
        assertTrue(most > 0 && most <= Math.pow(2, 24.5), "" + most);
    }
}
