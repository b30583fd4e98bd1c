package org.almosttls.attacks;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.List;
import org.almosttls.config.OnRequest.Feature;
import org.almosttls.registry.CipherSuite;
import org.almosttls.registry.ContentType;
import org.almosttls.testkit.ConnectionPair;
import org.almosttls.testkit.RawRecords;
import org.almosttls.testkit.TestCertificates;
import org.almosttls.testkit.TestConfig;
import org.junit.jupiter.api.Test;

/**
 * CVE-2014-0160: a heartbeat request that claims more payload than it has was answered with whatever lay behind it in
 * memory. RFC 6520 §4 has it discarded in silence.
 */
class HeartbleedTest {

    private static final int REQUEST = 1;
    private static final int PADDING = 16;

    private final ConnectionPair pair = new ConnectionPair(
            TestConfig.client()
                    .suites(CipherSuite.TLS_ECDHE_ECDSA_WITH_AES_128_GCM_SHA256)
                    .requesting(Feature.HEARTBEAT)
                    .build(),
            TestConfig.server(TestCertificates.ecServer())
                    .requesting(Feature.HEARTBEAT)
                    .build());

    /** So that the server does not tire of it. */
    private void assertDataFlows(RawRecords raw) throws Exception {
        pair.server().deliver(raw.seal(ContentType.APPLICATION_DATA, new byte[] {1}));
        pair.server().receive();
    }

    private byte[] answer(RawRecords raw, int claimed, int octets) throws Exception {
        var request = ByteBuffer.allocate(3 + octets).put((byte) REQUEST).putShort((short) claimed);
        pair.server().deliver(raw.seal(ContentType.HEARTBEAT, request.array()));
        pair.server().receive();
        return pair.server().flush();
    }

    @Test
    void silenceIsTheAnswerToMoreThanThereIs() throws Exception {
        var raw = RawRecords.ofClient(pair);
        assertEquals(0, answer(raw, 16384, 1).length, "the message as it was sent in 2014");
        for (int octets : List.of(0, 1, 15, 16, 17, 100, 5000)) {
            int honest = octets - PADDING;
            for (int claimed : List.of(honest + 1, honest + 2, octets, octets + 1, 16384, 0x8000, 0xFFFF))
                if (claimed > honest && claimed > 0) assertEquals(0, answer(raw, claimed, octets).length);
            assertDataFlows(raw);
        }
        assertEquals(3 + 84 + PADDING, raw.open(answer(raw, 84, 100)).length, "what is honest is answered");
    }

    /** Nothing but what was sent comes back, and never more of it. */
    @Test
    void anAnswerHoldsTheRequestsOctetsOnly() throws Exception {
        var raw = RawRecords.ofClient(pair);
        byte[] answer = raw.open(answer(raw, 50, 50 + PADDING));
        assertArrayEquals(new byte[50], Arrays.copyOfRange(answer, 3, 53));
        assertEquals(3 + 50 + PADDING, answer.length);
    }
}
