package org.almosttls.jsse;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.ByteBuffer;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import javax.net.ssl.KeyManager;
import javax.net.ssl.SSLContext;
import org.almosttls.AlmostTlsProvider;
import org.almosttls.config.OnRequest;
import org.almosttls.event.Direction;
import org.almosttls.event.TlsEvent.MessageTransferred;
import org.almosttls.event.TlsEvent.RecordTransferred;
import org.almosttls.message.ClientHello;
import org.almosttls.message.NewSessionTicket13;
import org.almosttls.registry.ContentType;
import org.almosttls.registry.ExtensionType;
import org.almosttls.testkit.Contexts;
import org.almosttls.testkit.EnginePair;
import org.almosttls.testkit.FixedRandomness;
import org.almosttls.testkit.RecordingListener;
import org.almosttls.testkit.SocketPair;
import org.almosttls.testkit.TestCertificates;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What is asked for of the wire, by word, holds for engines and sockets: padding, the order of extensions, GREASE. */
@Timeout(60)
class WireWishesTest {

    private static final byte[] DATA = new FixedRandomness(4).bytes(40_000);

    private final RecordingListener told = new RecordingListener();

    private AlmostTlsProvider provider(Map<String, String> words) {
        var textbook = new TextbookTerms(() -> false, said -> {});
        var wanted = OnRequest.of(word -> Optional.ofNullable(words.get(word)));
        return new AlmostTlsProvider(() -> told, textbook, Scope.ANY, () -> wanted, Optional::empty);
    }

    private static SSLContext context(AlmostTlsProvider provider, KeyManager... keys) throws Exception {
        var context = SSLContext.getInstance("TLS", provider);
        context.init(keys, Contexts.trust(TestCertificates.trustStore()), null);
        return context;
    }

    private EnginePair engines(Map<String, String> words) throws Exception {
        var provider = provider(words);
        var server = context(provider, Contexts.keys(TestCertificates.ecServer()));
        return new EnginePair(context(provider), server).handshake();
    }

    private SocketPair sockets(Map<String, String> words) throws Exception {
        var provider = provider(words);
        var server = context(provider, Contexts.keys(TestCertificates.ecServer()));
        return new SocketPair(context(provider), server).handshake();
    }

    private List<Integer> lengthsOfData() {
        return told.all(RecordTransferred.class)
                .filter(record -> record.direction() == Direction.SENT)
                .filter(record -> record.content().equals(Optional.of(ContentType.APPLICATION_DATA)))
                .map(record -> record.header().length())
                .toList();
    }

    private <M> Stream<M> sent(Class<M> kind) {
        return told.all(MessageTransferred.class)
                .filter(event -> event.direction() == Direction.SENT)
                .map(MessageTransferred::message)
                .filter(kind::isInstance)
                .map(kind::cast);
    }

    @ParameterizedTest
    @CsvSource({"512, 528", "max, 16401", "none, 22"})
    void enginesPadTheirRecords(String padding, int length) throws Exception {
        var pair = engines(Map.of("record_padding", padding));
        EnginePair.send(pair.client(), pair.server(), new byte[5]);
        EnginePair.send(pair.server(), pair.client(), new byte[5]);
        assertEquals(List.of(length, length), lengthsOfData());
        EnginePair.send(pair.client(), pair.server(), DATA);
        assertEquals(5 + DATA.length, pair.server().data().length);
    }

    @ParameterizedTest
    @CsvSource({"512, 528", "max, 16401", "none, 22"})
    void socketsPadTheirRecords(String padding, int length) throws Exception {
        try (var pair = sockets(Map.of("record_padding", padding))) {
            pair.client().getOutputStream().write(new byte[5]);
            assertArrayEquals(new byte[5], pair.server().getInputStream().readNBytes(5));
            pair.server().getOutputStream().write(new byte[5]);
            assertArrayEquals(new byte[5], pair.client().getInputStream().readNBytes(5));
            assertEquals(List.of(length, length), lengthsOfData());
            var writing = pair.async(() -> {
                pair.client().getOutputStream().write(DATA);
                return true;
            });
            assertArrayEquals(DATA, pair.server().getInputStream().readNBytes(DATA.length));
            assertTrue(SocketPair.await(writing));
        }
    }

    /** The caller's buffers need no more room than its session says. */
    @Test
    void anEngineWithPaddingFitsThePacketsOfItsSession() throws Exception {
        var engine = engines(Map.of("record_padding", "max")).client().engine();
        var network = ByteBuffer.allocate(engine.getSession().getPacketBufferSize());
        var result = engine.wrap(ByteBuffer.allocate(1 << 14), network);
        assertEquals(1 << 14, result.bytesConsumed());
    }

    @Test
    void eachConnectionHasItsExtensionsInAnotherOrder() throws Exception {
        for (int i = 0; i < 4; i++) {
            engines(Map.of("permute_extensions", "true"));
            sockets(Map.of("permute_extensions", "true")).close();
        }
        var orders = new HashSet<List<ExtensionType>>();
        sent(ClientHello.class).forEach(hello -> orders.add(hello.extensions().types()));
        assertTrue(orders.size() > 6, orders.toString());
    }

    @Test
    void bothEndsSayWhatStandsForNothing() throws Exception {
        engines(Map.of("grease", "true"));
        sockets(Map.of("grease", "true")).close();
        assertEquals(
                2,
                sent(ClientHello.class)
                        .filter(hello -> hello.cipherSuites().get(0).isGrease())
                        .count());
        assertTrue(sent(NewSessionTicket13.class).count() >= 2);
        assertTrue(sent(NewSessionTicket13.class)
                .allMatch(ticket -> ticket.extensions().types().get(0).isGrease()));
    }
}
