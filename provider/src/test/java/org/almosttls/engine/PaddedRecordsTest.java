package org.almosttls.engine;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.almosttls.config.OnRequest;
import org.almosttls.testkit.ConnectionPair;
import org.almosttls.testkit.End;
import org.almosttls.testkit.FixedRandomness;
import org.almosttls.testkit.TestCertificates;
import org.almosttls.testkit.TestConfig;
import org.almosttls.testkit.Tls13;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** RFC 8446 §5.4: what the wire sees of records that are padded. */
class PaddedRecordsTest {

    private static final int ENCRYPTED = 23;
    private static final int TAG = 16;
    private static final int MAX = (1 << 14) + 1;
    private static final byte[] DATA = new FixedRandomness(3).bytes(70_000);

    private static TestConfig padding(TestConfig end, int block) {
        return end.with("onRequest", OnRequest.NOTHING.padding(block));
    }

    private static TestConfig client(int block) {
        return padding(Tls13.client(), block);
    }

    private static TestConfig server(int block) {
        return padding(Tls13.server(TestCertificates.ecServer()), block);
    }

    /** How much each record of the flight encrypts, tags left out. */
    private static Stream<Integer> inner(byte[] flight) {
        var all = new ArrayList<Integer>();
        for (var in = ByteBuffer.wrap(flight); in.hasRemaining(); ) {
            int type = in.get();
            in.getShort();
            int length = in.getShort() & 0xFFFF;
            in.position(in.position() + length);
            if (type == ENCRYPTED) all.add(length - TAG);
        }
        return all.stream();
    }

    private static List<Integer> handshake(ConnectionPair pair) throws Exception {
        var all = new ArrayList<Integer>();
        pair.handshake(flight -> {
            inner(flight).forEach(all::add);
            return flight;
        });
        return all;
    }

    private static List<Integer> carried(End from, End to, int octets) throws Exception {
        byte[] flight = from.seal(Arrays.copyOf(DATA, octets));
        to.deliver(flight);
        to.receive();
        return inner(flight).toList();
    }

    private static void assertArrived(End end, int octets) {
        assertArrayEquals(Arrays.copyOf(DATA, octets), end.data());
    }

    @ParameterizedTest
    @ValueSource(ints = {16, 512, 4096})
    void allThatIsEncryptedFillsBlocks(int block) throws Exception {
        var pair = new ConnectionPair(client(block).build(), server(block).build());
        var seen = new ArrayList<>(handshake(pair));
        pair.client().connection().renegotiate();
        seen.addAll(handshake(pair));
        seen.addAll(carried(pair.client(), pair.server(), 700));
        seen.addAll(carried(pair.server(), pair.client(), 1));
        pair.client().connection().closeOutbound();
        seen.addAll(inner(pair.client().flush()).toList());
        assertTrue(seen.size() >= 7, seen.toString());
        assertEquals(List.of(), seen.stream().filter(each -> each % block != 0).toList());
        assertArrived(pair.server(), 700);
        assertArrived(pair.client(), 1);
    }

    @Test
    void whereAsMuchAsFitsIsAskedForAllRecordsLookAlike() throws Exception {
        var pair = new ConnectionPair(client(MAX).build(), server(MAX).build());
        var seen = new ArrayList<>(handshake(pair));
        seen.addAll(carried(pair.client(), pair.server(), 70_000));
        seen.addAll(carried(pair.server(), pair.client(), 5));
        assertEquals(List.of(MAX), seen.stream().distinct().toList());
        assertArrived(pair.server(), 70_000);
    }

    @Test
    void eachEndDecidesForWhatItSends() throws Exception {
        var pair = new ConnectionPair(client(1).build(), server(1000).build());
        handshake(pair);
        assertEquals(List.of(6), carried(pair.client(), pair.server(), 5));
        assertEquals(List.of(1000), carried(pair.server(), pair.client(), 5));
    }

    /** RFC 8449 §4: the other end's limit is on all of it. */
    @ParameterizedTest
    @ValueSource(ints = {64, 100, 1000})
    void noPaddingExceedsTheOtherEndsLimit(int limit) throws Exception {
        var pair = new ConnectionPair(
                client(MAX).packets(limit + 325, false).build(), server(MAX).build());
        handshake(pair);
        var seen = carried(pair.server(), pair.client(), 5000);
        assertEquals(List.of(limit), seen.stream().distinct().toList());
        assertArrived(pair.client(), 5000);
    }

    /** RFC 8446 §5.4: whatever the extension; beside so much content there is an octet of type. */
    @Test
    void noPaddingExceedsAFragmentLength() throws Exception {
        var pair = new ConnectionPair(
                client(MAX).fragmentLength(512).build(), server(MAX).build());
        handshake(pair);
        assertEquals(List.of(513), carried(pair.server(), pair.client(), 5));
        assertEquals(List.of(513), carried(pair.client(), pair.server(), 5));
    }

    /** Who wants short packets wants them more than padding. */
    @Test
    void noPaddingMakesPacketsLongerThanTheCallerWantsThem() throws Exception {
        var pair = new ConnectionPair(
                client(1).build(), server(MAX).packets(1400, false).build());
        handshake(pair);
        var seen = carried(pair.server(), pair.client(), 5000);
        assertEquals(
                List.of(1400 - 5 - TAG),
                seen.stream()
                        .map(inner -> Math.max(inner, 1400 - 5 - TAG))
                        .distinct()
                        .toList());
        assertArrived(pair.client(), 5000);
    }

    /** RFC 5246 §6.2.3.3 has no padding where there are no blocks. */
    @Test
    void olderVersionsKnowNothingOfIt() throws Exception {
        var pair = new ConnectionPair(
                padding(TestConfig.client(), 512).build(),
                padding(TestConfig.server(TestCertificates.ecServer()), 512).build());
        handshake(pair);
        assertTrue(carried(pair.client(), pair.server(), 5).get(0) < 64);
        assertArrived(pair.server(), 5);
    }
}
