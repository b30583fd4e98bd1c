package org.almosttls.control;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.ByteBuffer;
import java.nio.ReadOnlyBufferException;
import java.util.Arrays;
import javax.net.ssl.SSLEngineResult.Status;
import javax.net.ssl.SSLException;
import org.almosttls.testkit.EnginePair;
import org.almosttls.testkit.Noise;
import org.junit.jupiter.api.Nested;

/** The buffers that engines are given: their sizes and kinds, many and none. */
class EngineBuffersTest {

    private static final byte[] NO_DATA = {};

    abstract static class Suite extends Control {

        Suite(Stack stack) {
            super(stack);
        }

        private static ByteBuffer room() {
            return ByteBuffer.allocate(20_000);
        }

        private static byte[] written(ByteBuffer buffer) {
            return Arrays.copyOf(buffer.array(), buffer.position());
        }

        @EachVersion
        void theSizesAreEnoughForTheLongestRecord(String version) throws Exception {
            var pair = engines(version).handshake();
            var client = pair.client().engine();
            var network = ByteBuffer.allocate(client.getSession().getPacketBufferSize());
            var sealed = client.wrap(ByteBuffer.wrap(Noise.of(20_000)), network);
            assertEquals(Status.OK, sealed.getStatus());
            assertTrue(sealed.bytesConsumed() > 16_000, "" + sealed.bytesConsumed());
            var server = pair.server().engine();
            var application = ByteBuffer.allocate(server.getSession().getApplicationBufferSize());
            var opened = server.unwrap(network.flip(), application);
            assertEquals(Status.OK, opened.getStatus());
            assertArrayEquals(Arrays.copyOf(Noise.of(20_000), sealed.bytesConsumed()), written(application));
        }

        @EachVersion
        void tooLittleRoomToWrapConsumesNothing(String version) throws Exception {
            var client = engines(version).handshake().client().engine();
            var data = ByteBuffer.wrap(Noise.of(1000));
            var result = client.wrap(data, ByteBuffer.allocate(999));
            assertEquals(Status.BUFFER_OVERFLOW, result.getStatus());
            assertEquals(0, result.bytesConsumed() + result.bytesProduced());
            assertEquals(1000, data.remaining());
        }

        @EachVersion
        void tooLittleRoomToUnwrapConsumesNothing(String version) throws Exception {
            var pair = engines(version).handshake();
            var network = ByteBuffer.wrap(pair.client().wrapAll(Noise.of(1000)));
            int length = network.remaining();
            var result = pair.server().engine().unwrap(network, ByteBuffer.allocate(999));
            assertEquals(Status.BUFFER_OVERFLOW, result.getStatus());
            assertEquals(length, network.remaining());
            var room = room();
            pair.server().engine().unwrap(network, room);
            assertArrayEquals(Noise.of(1000), written(room));
        }

        @EachVersion
        void aRecordInPartIsAnUnderflow(String version) throws Exception {
            var pair = engines(version).handshake();
            byte[] sealed = pair.client().wrapAll(Noise.of(100));
            for (int length : new int[] {0, 1, 4, 5, 6, sealed.length - 1}) {
                var part = ByteBuffer.wrap(sealed, 0, length);
                var result = pair.server().engine().unwrap(part, room());
                assertEquals(Status.BUFFER_UNDERFLOW, result.getStatus());
                assertEquals(length, part.remaining());
            }
        }

        @EachVersion
        void oneRecordIsTakenAtATime(String version) throws Exception {
            var pair = engines(version).handshake();
            byte[] first = pair.client().wrapAll(Noise.of(100));
            byte[] second = pair.client().wrapAll(Noise.of(200));
            var network = ByteBuffer.allocate(first.length + second.length)
                    .put(first)
                    .put(second)
                    .flip();
            var result = pair.server().engine().unwrap(network, room());
            assertEquals(first.length, result.bytesConsumed());
            assertEquals(100, result.bytesProduced());
            assertEquals(200, pair.server().engine().unwrap(network, room()).bytesProduced());
        }

        @EachVersion
        void dataIsGatheredFromManyBuffers(String version) throws Exception {
            var pair = engines(version).handshake();
            byte[] data = Noise.of(1000);
            var sources = new ByteBuffer[] {
                ByteBuffer.allocate(0),
                ByteBuffer.wrap(data, 0, 300),
                ByteBuffer.allocateDirect(500).put(data, 300, 500).flip(),
                ByteBuffer.allocate(0),
                ByteBuffer.wrap(data, 800, 200).asReadOnlyBuffer()
            };
            var network = room();
            assertEquals(1000, pair.client().engine().wrap(sources, network).bytesConsumed());
            for (var each : sources) assertEquals(0, each.remaining());
            pair.server().deliver(written(network));
            pair.server().unwrapAll();
            assertArrayEquals(data, pair.server().data());
        }

        @EachVersion
        void onlyThoseOfTheRangeAreRead(String version) throws Exception {
            var pair = engines(version).handshake();
            var sources = new ByteBuffer[] {
                ByteBuffer.wrap(Noise.of(10)), ByteBuffer.wrap(Noise.of(20)), ByteBuffer.wrap(Noise.of(30))
            };
            var network = room();
            assertEquals(20, pair.client().engine().wrap(sources, 1, 1, network).bytesConsumed());
            assertEquals(10, sources[0].remaining());
            assertEquals(30, sources[2].remaining());
        }

        @EachVersion
        void dataIsScatteredOverManyBuffers(String version) throws Exception {
            var pair = engines(version).handshake();
            var network = ByteBuffer.wrap(pair.client().wrapAll(Noise.of(1000)));
            var rooms = new ByteBuffer[] {
                ByteBuffer.allocate(300), ByteBuffer.allocate(0), ByteBuffer.allocateDirect(200), room()
            };
            assertEquals(1000, pair.server().engine().unwrap(network, rooms).bytesProduced());
            assertEquals(300, rooms[0].position());
            assertEquals(200, rooms[2].position());
            assertEquals(500, rooms[3].position());
            assertArrayEquals(Arrays.copyOfRange(Noise.of(1000), 500, 1000), written(rooms[3]));
        }

        @EachVersion
        void onlyThoseOfTheRangeAreWritten(String version) throws Exception {
            var pair = engines(version).handshake();
            var network = ByteBuffer.wrap(pair.client().wrapAll(Noise.of(1000)));
            var rooms = new ByteBuffer[] {room(), room(), room()};
            assertEquals(
                    1000, pair.server().engine().unwrap(network, rooms, 1, 1).bytesProduced());
            assertEquals(0, rooms[0].position());
            assertEquals(1000, rooms[1].position());
            assertEquals(0, rooms[2].position());
        }

        @EachVersion
        void buffersMayBeDirectOrSlices(String version) throws Exception {
            var pair = engines(version).handshake();
            var source = ByteBuffer.allocateDirect(100).put(Noise.of(100)).flip();
            var network = ByteBuffer.allocateDirect(20_000).position(7).slice();
            pair.client().engine().wrap(source, network);
            var room = ByteBuffer.allocate(20_000).position(9).slice();
            pair.server().engine().unwrap(network.flip(), room);
            byte[] opened = new byte[100];
            room.flip().get(opened);
            assertArrayEquals(Noise.of(100), opened);
        }

        @EachVersion
        void aBufferOnlyToReadIsNoDestination(String version) throws Exception {
            var pair = engines(version).handshake();
            var network = ByteBuffer.wrap(pair.client().wrapAll(Noise.of(100)));
            int length = network.remaining();
            var client = pair.client().engine();
            assertThrows(
                    ReadOnlyBufferException.class,
                    () -> client.wrap(ByteBuffer.allocate(1), room().asReadOnlyBuffer()));
            assertThrows(
                    ReadOnlyBufferException.class,
                    () -> pair.server().engine().unwrap(network, room().asReadOnlyBuffer()));
            assertEquals(length, network.remaining());
        }

        @EachVersion
        void aRecordMayBeMadeWhereItsDataLies(String version) throws Exception {
            for (int shift : new int[] {0, 5, 100}) {
                var pair = engines(version).handshake();
                var memory = room().put(shift, Noise.of(1000));
                var data = memory.duplicate().limit(shift + 1000).position(shift);
                assertEquals(1000, pair.client().engine().wrap(data, memory).bytesConsumed());
                pair.server().deliver(written(memory));
                pair.server().unwrapAll();
                assertArrayEquals(Noise.of(1000), pair.server().data());
            }
        }

        @EachVersion
        void dataMayBePutWhereItsRecordLies(String version) throws Exception {
            for (int shift : new int[] {0, 5, 100}) {
                var pair = engines(version).handshake();
                byte[] sealed = pair.client().wrapAll(Noise.of(1000));
                var memory = room().put(shift, sealed);
                var record = memory.duplicate().limit(shift + sealed.length).position(shift);
                assertEquals(1000, pair.server().engine().unwrap(record, memory).bytesProduced());
                assertArrayEquals(Noise.of(1000), written(memory));
            }
        }

        /** The platform's of Java 17 decrypts where it reads: docs/differences.md. */
        @EachVersion
        void aSourceIsOnlyRead(String version) throws Exception {
            var pair = engines(version).handshake();
            var network = ByteBuffer.wrap(pair.client().wrapAll(Noise.of(100))).asReadOnlyBuffer();
            if (stack().isOurs() || Runtime.version().feature() > 17) {
                assertEquals(100, pair.server().engine().unwrap(network, room()).bytesProduced());
            } else {
                assertThrows(SSLException.class, () -> pair.server().engine().unwrap(network, room()));
            }
        }

        @EachVersion
        void noBufferIsNoArgument(String version) throws Exception {
            var client = engines(version).handshake().client().engine();
            var none = (ByteBuffer) null;
            assertThrows(IllegalArgumentException.class, () -> client.wrap(none, room()));
            assertThrows(IllegalArgumentException.class, () -> client.wrap(room(), none));
            assertThrows(IllegalArgumentException.class, () -> client.unwrap(none, room()));
            assertThrows(IllegalArgumentException.class, () -> client.unwrap(room(), none));
            assertThrows(IllegalArgumentException.class, () -> client.unwrap(room(), (ByteBuffer[]) null));
            assertThrows(IllegalArgumentException.class, () -> client.wrap((ByteBuffer[]) null, room()));
            assertThrows(IllegalArgumentException.class, () -> client.unwrap(room(), new ByteBuffer[] {room(), none}));
            assertThrows(IllegalArgumentException.class, () -> client.wrap(new ByteBuffer[] {none}, room()));
        }

        @EachVersion
        void aRangeLiesWithinItsArray(String version) throws Exception {
            var client = engines(version).handshake().client().engine();
            var one = new ByteBuffer[] {room()};
            assertThrows(IndexOutOfBoundsException.class, () -> client.wrap(one, 1, 1, room()));
            assertThrows(IndexOutOfBoundsException.class, () -> client.wrap(one, -1, 1, room()));
            assertThrows(IndexOutOfBoundsException.class, () -> client.unwrap(room(), one, 0, 2));
            assertThrows(IndexOutOfBoundsException.class, () -> client.unwrap(room(), one, 0, -1));
        }

        /** Ours sends no empty record: docs/differences.md. */
        @EachVersion
        void noDataIsAnEmptyRecordOrNone(String version) throws Exception {
            var pair = engines(version).handshake();
            var network = room();
            var result = pair.client().engine().wrap(ByteBuffer.allocate(0), network);
            assertEquals(Status.OK, result.getStatus());
            assertEquals(0, result.bytesConsumed());
            assertTrue(!stack().isOurs() || result.bytesProduced() == 0);
            pair.server().deliver(written(network));
            pair.server().unwrapAll();
            EnginePair.send(pair.client(), pair.server(), Noise.of(10));
            assertArrayEquals(Noise.of(10), pair.server().data());
        }

        @EachVersion
        void manyRecordsMayArriveInAnyPieces(String version) throws Exception {
            for (int size : new int[] {1, 3, 7, 1000, 50_000}) {
                var pair = engines(version).handshake(size);
                EnginePair.send(pair.client(), pair.server(), Noise.of(40_000));
                EnginePair.send(pair.server(), pair.client(), NO_DATA);
                assertArrayEquals(Noise.of(40_000), pair.server().data());
            }
        }
    }

    @Nested
    class OfSunJsse extends Suite {
        OfSunJsse() {
            super(Stack.SUN_JSSE);
        }
    }

    @Nested
    class OfAlmostTls extends Suite {
        OfAlmostTls() {
            super(Stack.ALMOST_TLS);
        }
    }
}
