package org.almosttls.engine;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.sun.management.ThreadMXBean;
import java.io.ByteArrayOutputStream;
import java.lang.management.ManagementFactory;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.almosttls.alert.AlertDescription;
import org.almosttls.alert.Violation;
import org.almosttls.event.TlsEvent;
import org.almosttls.extension.Extension;
import org.almosttls.extension.UnknownExtension;
import org.almosttls.message.ClientHello;
import org.almosttls.message.EncodedMessage;
import org.almosttls.message.HandshakeDecoder;
import org.almosttls.message.ServerHello;
import org.almosttls.registry.CipherSuite;
import org.almosttls.registry.ExtensionType;
import org.almosttls.testkit.End;
import org.almosttls.testkit.Expect;
import org.almosttls.testkit.Hellos;
import org.almosttls.testkit.TestCertificates;
import org.almosttls.testkit.TestConfig;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A ClientHello may be very long, with thousands of extensions; but there is a bound, known before any memory is spent. */
class OversizedHelloTest {

    private static final ThreadMXBean THREADS = (ThreadMXBean) ManagementFactory.getThreadMXBean();

    private static End server() {
        return new End(TestConfig.server(TestCertificates.ecServer()).build());
    }

    private static ClientHello hello() throws Exception {
        byte[] record = new End(TestConfig.client().build()).flush();
        return (ClientHello) HandshakeDecoder.HELLOS.decode(Arrays.copyOfRange(record, 5, record.length));
    }

    /** Extensions that nobody knows, each with a body of this length. */
    private static List<Extension> strangers(int count, int length) {
        return IntStream.range(0, 0x10000)
                .mapToObj(ExtensionType::new)
                .filter(type -> type.name().startsWith("0x"))
                .limit(count)
                .<Extension>map(type -> new UnknownExtension(type, new byte[length]))
                .toList();
    }

    private static ClientHello with(List<Extension> more) throws Exception {
        return Hellos.extensions(
                hello(), all -> Stream.concat(more.stream(), all.stream()).toList());
    }

    private static byte[] records(byte[] message, int most) {
        var out = new ByteArrayOutputStream();
        for (int at = 0; at < message.length; at += most) {
            int length = Math.min(most, message.length - at);
            out.writeBytes(new byte[] {22, 3, 1, (byte) (length >> 8), (byte) length});
            out.write(message, at, length);
        }
        return out.toByteArray();
    }

    private static ServerHello answer(ClientHello hello, int recordLength) throws Exception {
        var server = server();
        server.deliver(records(EncodedMessage.of(hello).bytes(), recordLength));
        server.receive();
        return server.events()
                .all(TlsEvent.MessageTransferred.class)
                .map(TlsEvent.MessageTransferred::message)
                .filter(ServerHello.class::isInstance)
                .map(ServerHello.class::cast)
                .findFirst()
                .orElseThrow();
    }

    @ParameterizedTest
    @ValueSource(ints = {16_384, 1_000, 100})
    void aHelloOf64KiBWithThousandsOfExtensionsIsAnsweredAsAnyOther(int recordLength) throws Exception {
        var hello = with(strangers(16_000, 0));
        int length = EncodedMessage.of(hello).bytes().length;
        assertTrue(length > 64_000 && length < 1 << 16, length + " octets");
        assertEquals(
                answer(hello(), 16_384).cipherSuite(),
                answer(hello, recordLength).cipherSuite());
        assertEquals(
                answer(hello(), 16_384).extensions().types(),
                answer(hello, recordLength).extensions().types());
    }

    @Test
    void oneExtensionMayBeVeryLongToo() throws Exception {
        assertEquals(
                answer(hello(), 16_384).cipherSuite(),
                answer(with(strangers(1, 65_000)), 16_384).cipherSuite());
    }

    /** Each suite that there can be, and the ones that are meant at the very end. */
    @Test
    void allSuitesThatThereCanBeMayBeOffered() throws Exception {
        var meant = hello();
        var all = IntStream.range(0x1000, 0x8F00)
                .mapToObj(CipherSuite::new)
                .filter(suite -> suite.name().startsWith("0x"))
                .limit(30_000)
                .collect(Collectors.toCollection(ArrayList::new));
        all.addAll(meant.cipherSuites());
        assertEquals(
                answer(meant, 16_384).cipherSuite(),
                answer(Hellos.suites(meant, all), 16_384).cipherSuite());
    }

    @Test
    void anExtensionThatOccursTwiceIsFoundAmongThousands() throws Exception {
        var twice = new ArrayList<>(strangers(15_000, 0));
        twice.add(twice.get(0));
        var server = server();
        server.deliver(records(EncodedMessage.of(with(twice)).bytes(), 16_384));
        Expect.violation(Violation.DUPLICATE_EXTENSION, server::receive);
    }

    /** As long as suites and extensions can be together, which is above the bound: told by the header alone. */
    @Test
    void aHelloAboveTheBoundIsRefusedByItsHeader() throws Exception {
        refusedByItsHeader((1 << 17) + 1);
    }

    /** The longest that a message can claim to be; nobody sets that much memory aside, or waits for it. */
    @Test
    void aHandshakeMessageOf16MegabytesIsRefusedByItsHeader() throws Exception {
        long before = THREADS.getCurrentThreadAllocatedBytes();
        refusedByItsHeader((1 << 24) - 1);
        long spent = THREADS.getCurrentThreadAllocatedBytes() - before;
        assertTrue(spent < 1 << 20, spent + " octets");
    }

    private static void refusedByItsHeader(int claimed) throws Exception {
        var server = server();
        server.deliver(records(ByteBuffer.allocate(4).putInt(1 << 24 | claimed).array(), 4));
        var thrown = Expect.violation(Violation.MESSAGE_TOO_LONG, server::receive);
        assertEquals(AlertDescription.ILLEGAL_PARAMETER, thrown.violation().alert());
        assertEquals(7, server.flush().length);
        assertTrue(server.connection().isInboundClosed());
    }

    /** The same from a server: no message of any kind is longer. */
    @ParameterizedTest
    @ValueSource(ints = {2, 11, 12, 20})
    void aClientRefusesMessagesOf16MegabytesToo(int type) throws Exception {
        var client = new End(TestConfig.client().build());
        client.flush();
        client.deliver(records(new byte[] {(byte) type, -1, -1, -1}, 4));
        Expect.violation(Violation.MESSAGE_TOO_LONG, client::receive);
    }

    /** What has come of a message is all that is held of it, however much is announced. */
    @Test
    void aMessageThatIsAnnouncedAndDoesNotComeCostsNothing() throws Exception {
        var server = server();
        server.deliver(records(ByteBuffer.allocate(4).putInt(1 << 24 | 1 << 17).array(), 4));
        server.receive();
        long before = THREADS.getCurrentThreadAllocatedBytes();
        server.deliver(records(new byte[100], 1));
        server.receive();
        long spent = THREADS.getCurrentThreadAllocatedBytes() - before;
        assertTrue(spent < 1 << 17, spent + " octets");
    }
}
