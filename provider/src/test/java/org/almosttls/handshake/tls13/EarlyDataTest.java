package org.almosttls.handshake.tls13;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.stream.Stream;
import org.almosttls.alert.Violation;
import org.almosttls.engine.ConnectionStatus;
import org.almosttls.extension.EarlyData;
import org.almosttls.extension.Extension;
import org.almosttls.message.ClientHello;
import org.almosttls.message.EncodedMessage;
import org.almosttls.message.HandshakeDecoder;
import org.almosttls.registry.NamedGroup;
import org.almosttls.testkit.End;
import org.almosttls.testkit.Expect;
import org.almosttls.testkit.Hellos;
import org.almosttls.testkit.TestCertificates;
import org.almosttls.testkit.Tls13;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** RFC 8446 §4.2.10: a client sends data with its hello; this server does not want it. With other stacks in the interop tests. */
class EarlyDataTest {

    private static final int RECORD = 1000;

    private final End server;

    EarlyDataTest() {
        server = new End(Tls13.server(TestCertificates.ecServer())
                .groups(NamedGroup.X25519, NamedGroup.SECP384R1)
                .build());
    }

    /** The hello of one of our own clients, which would never say so. */
    private static byte[] hello(NamedGroup... groups) throws Exception {
        byte[] record = new End(Tls13.client().groups(groups).build()).flush();
        byte[] bytes = Arrays.copyOfRange(record, 5, record.length);
        var hello = (ClientHello) HandshakeDecoder.HELLOS.decode(bytes);
        var offering = Hellos.extensions(
                hello,
                all -> Stream.concat(Stream.<Extension>of(new EarlyData()), all.stream())
                        .toList());
        return record(22, EncodedMessage.of(offering).bytes());
    }

    private static byte[] record(int type, byte[] fragment) {
        return ByteBuffer.allocate(5 + fragment.length)
                .put((byte) type)
                .putShort((short) 0x0303)
                .putShort((short) fragment.length)
                .put(fragment)
                .array();
    }

    private void deliver(byte[] bytes) throws Exception {
        server.deliver(bytes);
        server.receive();
    }

    /** Behind the hello at once, or when the server has answered. */
    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void whatCannotBeReadIsPassedOverUpToABound(boolean together) throws Exception {
        var answered = NamedGroup.X25519;
        server.deliver(hello(answered));
        if (!together) {
            server.receive();
            assertTrue(server.flush().length > 0);
        }
        passOver();
    }

    @Test
    void theSameBeforeTheHelloThatWasAskedFor() throws Exception {
        // The client's share is in a group that the server does not have.
        deliver(hello(NamedGroup.SECP521R1, NamedGroup.SECP384R1));
        assertTrue(server.flush().length > 0);
        passOver();
    }

    private void passOver() throws Exception {
        int records = (1 << 16) / (5 + RECORD);
        for (int i = 0; i < records; i++) deliver(record(23, new byte[RECORD]));
        assertEquals(0, server.data().length);
        server.flush();
        assertEquals(ConnectionStatus.NEED_RECEIVE, server.connection().status());
        Expect.violation(Violation.TOO_MUCH_EARLY_DATA, () -> deliver(record(23, new byte[RECORD])));
    }

    /** RFC 8446 §5: whoever does not say that it comes must not send it. */
    @Test
    void dataThatNobodyAnnouncedIsABadRecord() throws Exception {
        deliver(new End(Tls13.client().groups(NamedGroup.X25519).build()).flush());
        server.flush();
        Expect.violation(Violation.BAD_RECORD, () -> deliver(record(23, new byte[RECORD])));
    }

    @Test
    void aClientNeverOffersIt() throws Exception {
        byte[] record = new End(Tls13.client().build()).flush();
        var hello = (ClientHello) HandshakeDecoder.HELLOS.decode(Arrays.copyOfRange(record, 5, record.length));
        assertTrue(hello.extensions().find(EarlyData.class).isEmpty());
    }
}
