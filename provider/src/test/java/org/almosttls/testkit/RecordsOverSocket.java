package org.almosttls.testkit;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.Socket;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import org.almosttls.alert.TlsAlertException;
import org.almosttls.crypto.Secret;
import org.almosttls.event.TlsEvent.SecretDerived;
import org.almosttls.record.PlainProtection;
import org.almosttls.record.RecordProtection;
import org.almosttls.record.RecordReader;
import org.almosttls.registry.CipherSuite;
import org.almosttls.registry.ContentType;
import org.almosttls.registry.Role;

/** Records to and from a plain socket, under whatever keys a test has. */
final class RecordsOverSocket {

    private static final int HEADER = 5;
    private static final int PATIENCE_MILLIS = 20_000;

    private final Socket socket;
    private final ByteArrayOutputStream due = new ByteArrayOutputStream();
    private RecordProtection writing = new PlainProtection(0x0301);
    private boolean last;
    private RecordProtection reading = new PlainProtection(0x0301);
    private boolean innerTypes;
    /** What was derived, by its label in a key log. */
    private final Map<String, Secret> secrets = new HashMap<>();

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

    /** From now on an alert whose type can be seen is one that is not encrypted (RFC 8446 §5.2). */
    void expectInnerTypes() {
        innerTypes = true;
    }

    void learn(SecretDerived told) {
        var secret = told.secret();
        secrets.put(told.label(), secret.slice(0, secret.length()));
    }

    /** Under the first key for data of this end, if nothing was said under it yet. */
    RawTls13 raw(Role own, CipherSuite suite) {
        return RawTls13.under(secrets.get(own + "_TRAFFIC_SECRET_0"), suite);
    }

    /** To be sent as one record, or as many as it takes. */
    void add(ContentType type, byte[] content) throws TlsAlertException {
        int start = 0;
        for (; content.length - start > RecordReader.MAX_PLAINTEXT; start += RecordReader.MAX_PLAINTEXT)
            add(sealed(type, Arrays.copyOfRange(content, start, start + RecordReader.MAX_PLAINTEXT)));
        add(sealed(type, Arrays.copyOfRange(content, start, content.length)));
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
        if (innerTypes && header[0] == ContentType.ALERT.code())
            return Optional.of(new Opened(ContentType.ALERT, fragment));
        var outer = ContentType.of(header[0]).orElseThrow();
        int version = head.getShort(1) & 0xFFFF;
        if (reading.passesOver(outer, version, ByteBuffer.wrap(fragment))) return next();
        var content = ByteBuffer.allocate(reading.openedBound(fragment.length));
        var type = reading.open(outer, version, ByteBuffer.wrap(fragment), content);
        return Optional.of(new Opened(type, Arrays.copyOf(content.array(), content.position())));
    }
}
