package org.almosttls.engine;

import static org.almosttls.engine.TlsConnectionTest.bytes;
import static org.almosttls.engine.TlsConnectionTest.carry;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import org.almosttls.registry.CipherSuite;
import org.almosttls.registry.ProtocolVersion;
import org.almosttls.testkit.ConnectionPair;
import org.almosttls.testkit.End;
import org.almosttls.testkit.RandomSplitter;
import org.almosttls.testkit.TestCertificates;
import org.almosttls.testkit.TestConfig;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** How long the records are that go over the wire, in each kind of suite and under each kind of agreement. */
class RecordSizesTest {

    private static final UnaryOperator<TestConfig> SAME = config -> config;
    private static final int HANDSHAKE = 22;
    private static final int CHANGE_CIPHER_SPEC = 20;

    /** What surrounds the plaintext of a record under the suite, padding aside. */
    private record Kind(CipherSuite suite, int least, int most) {}

    private static final List<Kind> KINDS = List.of(
            new Kind(suite("TLS_ECDHE_RSA_WITH_AES_128_GCM_SHA256"), 24, 24),
            new Kind(suite("TLS_ECDHE_RSA_WITH_CHACHA20_POLY1305_SHA256"), 16, 16),
            // Ends that have it agree on encrypt-then-MAC.
            new Kind(suite("TLS_ECDHE_RSA_WITH_AES_256_CBC_SHA384"), 16 + 48 + 1, 16 + 48 + 16));

    private record Seen(int type, int length) {}

    private static CipherSuite suite(String name) {
        return CipherSuite.named(name).orElseThrow();
    }

    static Stream<Arguments> kindsAndSizes() {
        return KINDS.stream().flatMap(kind -> Stream.of(64, 100, 512, 4096).map(size -> Arguments.of(kind, size)));
    }

    static Stream<Arguments> kindsAndLengths() {
        return KINDS.stream().flatMap(kind -> Stream.of(512, 1024, 2048, 4096).map(size -> Arguments.of(kind, size)));
    }

    private static ConnectionPair pair(Kind kind, UnaryOperator<TestConfig> client, UnaryOperator<TestConfig> server) {
        return new ConnectionPair(
                client.apply(TestConfig.client().suites(kind.suite)).build(),
                server.apply(TestConfig.server(TestCertificates.rsaServer())).build());
    }

    /** The records of both ends in order, the client's first flight left out. */
    private static List<Seen> handshake(ConnectionPair pair) throws Exception {
        var flights = new ArrayList<byte[]>();
        pair.handshake(flight -> {
            flights.add(flight);
            return flight;
        });
        return flights.stream()
                .skip(1)
                .flatMap(flight -> records(flight).stream())
                .toList();
    }

    private static List<Seen> records(byte[] flight) {
        var all = new ArrayList<Seen>();
        for (var in = ByteBuffer.wrap(flight); in.hasRemaining(); ) {
            int type = in.get();
            in.getShort();
            int length = in.getShort() & 0xFFFF;
            in.position(in.position() + length);
            all.add(new Seen(type, length));
        }
        return all;
    }

    private static int longest(List<Seen> records) {
        return records.stream().mapToInt(Seen::length).max().orElseThrow();
    }

    private static void carriesBothWays(ConnectionPair pair, int octets) throws Exception {
        carry(bytes(octets), pair.client(), pair.server());
        carry(bytes(octets + 1), pair.server(), pair.client());
        assertArrayEquals(bytes(octets), pair.server().data());
        assertArrayEquals(bytes(octets + 1), pair.client().data());
    }

    private static void sealsUpTo(int plaintext, Kind kind, End end) throws Exception {
        int longest = longest(records(end.seal(bytes(40_000))));
        assertTrue(
                longest >= plaintext + kind.least && longest <= plaintext + kind.most,
                longest + " octets for " + plaintext);
    }

    @ParameterizedTest
    @MethodSource("kindsAndLengths")
    void aFragmentLengthHoldsForEveryRecordOfBothEnds(Kind kind, int octets) throws Exception {
        var pair = pair(kind, client -> client.fragmentLength(octets), SAME);
        var records = handshake(pair);
        boolean plain = true;
        for (var record : records) {
            assertTrue(record.length <= octets + (plain ? 0 : kind.most), record + " of " + records);
            plain &= record.type != CHANGE_CIPHER_SPEC;
        }
        carriesBothWays(pair, 50_000);
        sealsUpTo(octets, kind, pair.client());
        sealsUpTo(octets, kind, pair.server());
    }

    /** RFC 6066 §4: handshake messages too are fragmented at once, the ServerHello's flight first of all. */
    @Test
    void handshakeMessagesAreFragmentedFromServerHelloOn() throws Exception {
        var records = handshake(pair(KINDS.get(0), client -> client.fragmentLength(512), SAME));
        assertEquals(new Seen(HANDSHAKE, 512), records.get(0));
        assertEquals(new Seen(HANDSHAKE, 512), records.get(1));
    }

    @ParameterizedTest
    @MethodSource("kindsAndSizes")
    void eachEndKeepsToTheOthersSizeLimit(Kind kind, int octets) throws Exception {
        var pair = pair(kind, client -> client.packets(octets + 325, false), SAME);
        handshake(pair);
        carriesBothWays(pair, 50_000);
        sealsUpTo(octets, kind, pair.server());
        var reversed =
                pair(kind, client -> client.packets(8192 + 325, false), server -> server.packets(octets + 325, false));
        handshake(reversed);
        carriesBothWays(reversed, 50_000);
        sealsUpTo(octets, kind, reversed.client());
    }

    /** RFC 8449 §4: what is not protected is not subject to the limit. */
    @Test
    void aSizeLimitLeavesTheHandshakeInTheClearAlone() throws Exception {
        var records = handshake(pair(KINDS.get(0), client -> client.packets(64 + 325, false), SAME));
        assertTrue(records.get(0).length > 512, records.toString());
    }

    /** The platform's word is about whole records, whatever their suite. */
    @ParameterizedTest
    @ValueSource(ints = {100, 389, 1000, 4000, 16_000})
    void noRecordOfOursIsLongerThanItsPacket(int packet) throws Exception {
        for (var kind : KINDS) {
            var pair = pair(kind, client -> client.packets(packet, false), SAME);
            var hello = pair.client().flush();
            assertTrue(longest(records(hello)) + 5 <= packet);
            pair.server().deliver(hello);
            pair.server().receive();
            pair.handshake();
            carriesBothWays(pair, 20_000);
            int sent = longest(records(pair.client().seal(bytes(20_000)))) + 5;
            assertTrue(sent <= packet && sent > packet - 32, sent + " of " + packet);
        }
    }

    /** What cannot hold a record holds one octet at least: a wish cannot stop a connection. */
    @Test
    void aPacketThatHoldsNoRecordIsMadeOfTheShortestRecords() throws Exception {
        var pair = pair(KINDS.get(2), client -> client.packets(3, false), SAME);
        handshake(pair);
        carriesBothWays(pair, 50);
        assertEquals(50, records(pair.client().seal(bytes(50))).size());
    }

    @Test
    void tls11KeepsToBothKindsOfLimitToo() throws Exception {
        var kind = new Kind(suite("TLS_ECDHE_RSA_WITH_AES_128_CBC_SHA"), 16 + 20 + 1, 16 + 20 + 16);
        for (boolean older : List.of(true, false)) {
            var pair = pair(
                    kind,
                    client -> (older ? client.fragmentLength(512) : client.packets(512 + 325, false))
                            .versions(ProtocolVersion.TLS_1_1),
                    server -> server.versions(ProtocolVersion.TLS_1_1));
            handshake(pair);
            carriesBothWays(pair, 50_000);
            sealsUpTo(512, kind, pair.server());
        }
    }

    /** AlmostTLSv1 has nothing to ask its peer by, but this end's own wish holds there too. */
    @Test
    void recordsOfTheTextbookKeepToTheirPacketsToo() throws Exception {
        var pair = new ConnectionPair(
                TestConfig.bob().packets(200, false).build(), TestConfig.alice().build());
        pair.handshake();
        carriesBothWays(pair, 5_000);
        int sent = longest(records(pair.client().seal(bytes(5_000)))) + 5;
        assertTrue(sent <= 200 && sent > 200 - 32, sent + " octets");
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3})
    void streamsOfShortRecordsMayBeSplitAtRandom(long seed) throws Exception {
        for (var kind : KINDS) {
            var pair = pair(kind, client -> client.packets(64 + 325, false), server -> server.packets(512, false));
            var splitter = RandomSplitter.seeded(seed);
            splitter.handshake(pair);
            splitter.deliver(pair.server().seal(bytes(10_000)), pair.client());
            splitter.deliver(pair.client().seal(bytes(10_000)), pair.server());
            assertArrayEquals(bytes(10_000), pair.client().data());
            assertArrayEquals(bytes(10_000), pair.server().data());
        }
    }

    /** A destination of the limit's length is enough for any record, however much padding it might have. */
    @Test
    void dataNeedsNoMoreRoomThanTheLimit() throws Exception {
        for (var kind : KINDS) {
            var pair = pair(kind, client -> client.packets(100 + 325, false), SAME);
            handshake(pair);
            var network = ByteBuffer.wrap(pair.server().seal(bytes(1000)));
            var room = ByteBuffer.allocate(100);
            int received = 0;
            while (network.hasRemaining()) {
                assertEquals(Progress.DONE, pair.client().connection().receive(network, new ByteBuffer[] {room}, 0, 1));
                received += room.position();
                room.clear();
            }
            assertEquals(1000, received);
        }
    }
}
