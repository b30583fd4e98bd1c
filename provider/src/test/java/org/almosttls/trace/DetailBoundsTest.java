package org.almosttls.trace;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.stream.IntStream;
import org.almosttls.alert.TlsAlertException;
import org.almosttls.event.ConnectionId;
import org.almosttls.event.Direction;
import org.almosttls.event.Moment;
import org.almosttls.event.TlsEvent;
import org.almosttls.event.TlsEvent.Ending;
import org.almosttls.event.TlsEvent.Header;
import org.almosttls.event.TlsEvent.MessageTransferred;
import org.almosttls.event.TlsEvent.RecordTransferred;
import org.almosttls.extension.Extension;
import org.almosttls.extension.Extensions;
import org.almosttls.extension.PreSharedKeyModes;
import org.almosttls.extension.SupportedGroups;
import org.almosttls.message.Certificate;
import org.almosttls.message.EncodedMessage;
import org.almosttls.message.HandshakeDecoder;
import org.almosttls.message.HandshakeMessage;
import org.almosttls.message.KeyUpdate;
import org.almosttls.registry.ContentType;
import org.almosttls.registry.HandshakeType;
import org.almosttls.registry.KeyExchange;
import org.almosttls.registry.NamedGroup;
import org.almosttls.registry.Role;
import org.almosttls.testkit.Samples;
import org.almosttls.testkit.Samples13;
import org.almosttls.trace.SessionLine.Opening;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Whatever a peer says, lines stay lines, and no longer than some times what it said. */
class DetailBoundsTest {

    private static final int TIMES = 40;
    private static final int BESIDE = 512;
    private static final int HEADER = 4;

    private static final List<HandshakeDecoder> DECODERS = List.of(
            HandshakeDecoder.ALMOST,
            HandshakeDecoder.TLS_1_3,
            HandshakeDecoder.tls12(KeyExchange.RSA),
            HandshakeDecoder.tls12(KeyExchange.DHE),
            HandshakeDecoder.tls11(KeyExchange.ECDHE));

    private final Random random = new Random(8446);
    private final Lines json = Lines.json();
    private final Lines text = Lines.text();

    private void tell(TlsEvent event) {
        for (var lines : List.of(json, text)) {
            lines.log().tell(Detail.RECORD);
            InventedSession.begin(lines.log(), Role.CLIENT, 1).tell(event);
        }
    }

    private void tell(HandshakeMessage message, byte[] bytes) {
        tell(new MessageTransferred(Direction.RECEIVED, message, bytes));
    }

    private void assertBounded(int octets) throws IOException {
        for (var lines : List.of(json, text)) {
            var line = lines.only();
            assertEquals(line.length() - 1, line.indexOf('\n'));
            assertTrue(line.length() <= BESIDE + TIMES * octets, () -> line.length() + " for " + octets);
        }
        assertEquals(Set.of(), PublishedSchema.violationsIn(json.only()), json.only());
    }

    private void assertBounded(HandshakeMessage message) throws IOException {
        byte[] bytes = EncodedMessage.of(message).bytes();
        tell(message, bytes);
        assertBounded(bytes.length);
    }

    @ParameterizedTest
    @EnumSource(HandshakeType.class)
    void aMessageWithDamageIsOneLine(HandshakeType type) throws IOException {
        for (int round = 0; round < 1_000; round++) {
            var message = round % 2 == 0 ? Samples.of(type) : Samples13.of(type);
            byte[] bytes = EncodedMessage.of(message).bytes();
            for (int i = 0; i < round % 4 && bytes.length > HEADER; i++)
                bytes[HEADER + random.nextInt(bytes.length - HEADER)] = (byte) random.nextInt();
            for (var decoder : DECODERS) assertLineIfReadable(decoder, bytes);
        }
    }

    private static void assertLineIfReadable(HandshakeDecoder decoder, byte[] bytes) throws IOException {
        try {
            assertLine(decoder.decode(bytes), bytes);
        } catch (TlsAlertException unreadable) {
            // What is told then is another test's.
            return;
        }
    }

    private static void assertLine(HandshakeMessage message, byte[] bytes) throws IOException {
        var clock = new SteppingClock();
        var moment = new Moment(new ConnectionId(7), clock.now(), clock.nanoTime());
        var opened = new TlsEvent.Opened(Synthetic.config(Role.CLIENT, clock), Optional.empty(), Optional.empty());
        var details = new Details(Opening.of(moment, opened));
        var line = details.of(moment, new MessageTransferred(Direction.RECEIVED, message, bytes))
                .orElseThrow()
                .making()
                .line();
        var text = new String(new TextFormat().render(line, 0), StandardCharsets.UTF_8);
        assertEquals(text.length() - 1, text.indexOf('\n'));
        var json = new String(new JsonFormat().render(line, 0), StandardCharsets.UTF_8);
        assertEquals(json.length() - 1, json.indexOf('\n'));
        assertEquals(Set.of(), PublishedSchema.violationsIn(json), json);
    }

    @Test
    void aLongListIsCutAndSaysSo() throws IOException {
        var groups = IntStream.range(0, 30_000).mapToObj(NamedGroup::new).toList();
        assertBounded(Samples.clientHello().with(List.<Extension>of(new SupportedGroups(groups))));
        assertTrue(json.only().contains("\"and 29900 more\""));
        assertTrue(json.only().contains("...\""));
    }

    @Test
    void manyExtensionsAreCutAndSaySo() throws IOException {
        var modes = new PreSharedKeyModes(Collections.nCopies(200, 1));
        assertBounded(Samples.clientHello().with(Collections.nCopies(300, (Extension) modes)));
        assertTrue(json.only().contains("{\"more\":200}"));
    }

    @Test
    void manyCertificatesAreCutAndSaySo() throws IOException {
        assertBounded(new Certificate(Collections.nCopies(5_000, new byte[] {1})));
        assertTrue(json.only().contains("{\"more\":4900}"));
    }

    @Test
    void aLongMessageIsCutAndSaysSo() throws IOException {
        assertBounded(new Certificate(List.of(new byte[100_000])));
        assertTrue(json.only().contains("\"length\":100010"));
        assertTrue(json.only().contains("00...\""));
    }

    @Test
    void whoSaysLittleInManyPiecesIsNotToldWithoutEnd() throws IOException {
        json.log().tell(Detail.RECORD);
        var session = InventedSession.client(json.log());
        var header = new Header(ContentType.HANDSHAKE, 0x0303, 1, false);
        var tiny =
                new RecordTransferred(Direction.RECEIVED, header, Optional.of(ContentType.HANDSHAKE), Optional.empty());
        for (int i = 0; i < 100; i++) {
            for (int j = 0; j < 100; j++) session.tell(tiny);
            json.all();
        }
        session.closes(Ending.ABANDONED);
        int octets = 10_000 * 6;
        assertTrue(
                String.join("", json.all()).length() < 512 * 1024 + 16 * octets,
                json.all().size() + " lines");
    }

    /** As a pipe that nobody reads for a while. */
    @Test
    void messagesThatFindNoRoomLeaveItToSessions() throws Exception {
        var reads = new CountDownLatch(1);
        var written = new CopyOnWriteArrayList<String>();
        LineSink sink = line -> {
            awaitQuietly(reads);
            written.add(new String(line, StandardCharsets.UTF_8));
        };
        var tally = new Tally();
        var writer = new LineWriter(sink, new ArrayList<byte[]>()::add, tally);
        var log = new SessionLog(new SessionLog.Output(new JsonFormat(), writer), tally);
        log.tell(Detail.HANDSHAKE);
        var session = InventedSession.client(log);
        for (int i = 0; i < 1_000; i++) session.says(Role.SERVER, new KeyUpdate(false));
        session.closes(Ending.ABANDONED);
        reads.countDown();
        while (!log.written()) Thread.onSpinWait();
        assertTrue(written.get(written.size() - 1).contains("\"kind\":\"session\""));
        assertTrue(written.size() <= 515, written.size() + " lines");
        assertEquals(0, log.figures().lost());
    }

    private static void awaitQuietly(CountDownLatch latch) {
        try {
            latch.await();
        } catch (InterruptedException hurried) {
            Thread.currentThread().interrupt();
        }
    }

    @Test
    void whatIsNotToldIsCountedInTheNextLineOfItsKind() throws IOException {
        json.log().tell(Detail.HANDSHAKE);
        json.fail(2);
        var session = InventedSession.client(json.log());
        for (int i = 0; i < 3; i++) session.says(Role.SERVER, new KeyUpdate(false));
        session.closes(Ending.ABANDONED);
        assertEquals(2, json.all().size());
        assertTrue(json.all().get(0).contains("\"lost_before\":2,"));
        assertTrue(json.all().get(1).contains("\"kind\":\"session\""));
        assertTrue(!json.all().get(1).contains("lost_before"), json.all().get(1));
        assertEquals(0, json.log().figures().lost());
        assertEquals(1, json.log().figures().told());
    }

    @Test
    void extensionsThatAreNoneAreNotInvented() throws IOException {
        var message = Samples.clientHello().with(List.of());
        assertEquals(Extensions.of(List.of()), message.extensions());
        assertBounded(message);
        assertTrue(!json.only().contains("extensions"));
    }
}
