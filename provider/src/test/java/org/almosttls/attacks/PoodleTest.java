package org.almosttls.attacks;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.stream.IntStream;
import java.util.stream.Stream;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.SSLException;
import org.almosttls.testkit.Contexts;
import org.almosttls.testkit.EnginePair;
import org.almosttls.testkit.TestCertificates;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * CVE-2014-3566, and CVE-2014-8730 against TLS: an end that does not look at each octet of padding tells by its answer
 * what was in a block. The client is the platform's, which knows nothing of encrypt-then-MAC.
 */
class PoodleTest {

    private static final String SUITE = "TLS_ECDHE_ECDSA_WITH_AES_128_CBC_SHA256";
    private static final int BLOCK = 16;

    /** Together with a MAC of 32 octets this leaves a whole block to padding. */
    private static final byte[] DATA = new byte[32];

    private static final SSLContext CLIENT = Contexts.client(Contexts.PLATFORM);
    private static final SSLContext SERVER = Contexts.with(Contexts.OURS, TestCertificates.ecServer());

    private static EnginePair pair() throws SSLException {
        SSLEngine client = CLIENT.createSSLEngine(TestCertificates.HOST, 443);
        client.setEnabledCipherSuites(new String[] {SUITE});
        return new EnginePair(client, SERVER.createSSLEngine()).handshake();
    }

    /** Every wrong length, and each octet of padding wrong by a bit; all are flipped in the block before. */
    static Stream<int[]> probes() {
        var lengths = IntStream.range(1, 256).mapToObj(flip -> new int[] {1, flip});
        var octets = IntStream.rangeClosed(2, BLOCK).mapToObj(fromEnd -> new int[] {fromEnd, 1});
        return Stream.concat(lengths, octets);
    }

    @ParameterizedTest
    @MethodSource("probes")
    void everyWrongOctetOfPaddingGetsTheSameAnswer(int[] probe) throws Exception {
        var pair = pair();
        byte[] record = pair.client().wrapAll(DATA);
        assertEquals(5 + BLOCK + DATA.length + 32 + BLOCK, record.length, "a block of padding");
        record[record.length - BLOCK - probe[0]] ^= (byte) probe[1];
        pair.server().deliver(record);
        assertThrows(SSLException.class, pair.server()::unwrapAll);
        byte[] answer = pair.server().wrapAll(new byte[0]);
        assertEquals(0, pair.server().data().length);
        assertEquals(5 + BLOCK + 3 * BLOCK, answer.length, "an alert with its MAC and padding");
        pair.client().deliver(answer);
        var told = assertThrows(SSLException.class, pair.client()::unwrapAll);
        assertTrue(told.getMessage().contains("bad_record_mac"), told.getMessage());
    }
}
