package org.almosttls.testkit;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.Socket;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.Optional;
import org.almosttls.alert.TlsAlertException;
import org.almosttls.record.PlainProtection;
import org.almosttls.record.RecordProtection;
import org.almosttls.registry.ContentType;

/** Records to and from a plain socket, under whatever keys a test has. */
final class RecordsOverSocket {

    private static final int HEADER = 5;
    private static final int PATIENCE_MILLIS = 20_000;

    private final Socket socket;
    private final ByteArrayOutputStream due = new ByteArrayOutputStream();
    private RecordProtection writing = new PlainProtection(0x0301);
    private boolean last;
    private RecordProtection reading = new PlainProtection(0x0301);

    /** One that came, opened. */
    record Opened(ContentType type, byte[] content) {}

    RecordsOverSocket(Socket socket) throws IOException {
        this.socket = socket;
        socket.setSoTimeout(PATIENCE_MILLIS);
    }

    void write(RecordProtection next) {
        writing = next;
    }

    void read(RecordProtection next) {
        reading = next;
    }

    /** To be sent as one record. */
    void add(ContentType type, byte[] content) throws TlsAlertException {
        add(sealed(type, content));
    }

    byte[] sealed(ContentType type, byte[] content) throws TlsAlertException {
        var network = ByteBuffer.allocate(writing.sealedLength(content.length));
        writing.seal(type, ByteBuffer.wrap(content), network);
        return Arrays.copyOf(network.array(), network.position());
    }

    /** To be sent as it is. */
    void add(byte[] octets) {
        due.writeBytes(octets);
    }

    void discard() {
        due.reset();
    }

    /** All that is due, at once. */
    void send() throws IOException {
        socket.getOutputStream().write(due.toByteArray());
        due.reset();
        if (last) socket.shutdownOutput();
    }

    /** What is sent next is the last. */
    void hangUp() {
        last = true;
    }

    /** What is written next is what it is, and said to be deflated. */
    void withoutDeflating() {
        try {
            var beneath = writing.getClass().getDeclaredField("sealing");
            beneath.setAccessible(true);
            writing = (RecordProtection) beneath.get(writing);
        } catch (ReflectiveOperationException e) {
            throw new IllegalStateException(e);
        }
    }

    /** The next record; none at the end of the stream, which must not come amid one. */
    Optional<Opened> next() throws IOException, TlsAlertException {
        byte[] header = socket.getInputStream().readNBytes(HEADER);
        if (header.length == 0) return Optional.empty();
        var head = ByteBuffer.wrap(header);
        byte[] fragment = socket.getInputStream().readNBytes(head.getShort(3) & 0xFFFF);
        if (header.length < HEADER || fragment.length != (head.getShort(3) & 0xFFFF)) throw new IOException("cut off");
        var content = ByteBuffer.allocate(reading.openedBound(fragment.length));
        var type = reading.open(
                ContentType.of(header[0]).orElseThrow(), head.getShort(1) & 0xFFFF, ByteBuffer.wrap(fragment), content);
        return Optional.of(new Opened(type, Arrays.copyOf(content.array(), content.position())));
    }
}
