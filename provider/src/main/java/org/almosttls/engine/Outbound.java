package org.almosttls.engine;

import java.nio.ByteBuffer;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.concurrent.locks.ReentrantLock;
import org.almosttls.alert.AlertDescription;
import org.almosttls.alert.AlertLevel;
import org.almosttls.alert.TlsAlertException;
import org.almosttls.config.RecordSizes;
import org.almosttls.event.Direction;
import org.almosttls.event.TlsEvent.KeysChanged;
import org.almosttls.event.TlsEvent.MessageTransferred;
import org.almosttls.message.EncodedMessage;
import org.almosttls.message.KeyUpdate;
import org.almosttls.record.NextProtection;
import org.almosttls.record.PlainProtection;
import org.almosttls.record.RecordProtection;
import org.almosttls.registry.ContentType;

/** The half that sends: what waits to be sent, the keys it is sealed under, and whether more may follow. */
final class Outbound {

    /** Guards this half; taken after the inbound half's where both are needed. */
    final ReentrantLock lock = new ReentrantLock();

    private final Deque<Pending> queue = new ArrayDeque<>();
    private final Sealing sealing;
    private final Reporter reporter;
    private final RecordTeller teller;
    private final Counter counter = new Counter();

    /** Something to do before application data: send a fragment, or change keys. */
    private sealed interface Pending {}

    private record Fragment(ContentType type, ByteBuffer content) implements Pending {}

    private record NewKeys(RecordProtection protection) implements Pending {}

    private record Limit(int plaintext) implements Pending {}

    Outbound(RecordProtection initial, Reporter reporter, RecordSizes sizes) {
        this.reporter = reporter;
        this.teller = new RecordTeller(Direction.SENT, reporter);
        this.sealing = new Sealing(initial, sizes.sent());
    }

    void add(ContentType type, byte[] content) {
        if (isClosing()) return;
        queue.add(new Fragment(type, ByteBuffer.wrap(content)));
    }

    /** RFC 8446 §4.2.10: data that goes before the handshake is done. */
    void addEarly(byte[] data) {
        add(ContentType.APPLICATION_DATA, data);
        counter.add(data.length);
    }

    /** Adds a record unless one of its type waits already, or it would not be one record; whether it was added. */
    boolean addAlone(ContentType type, byte[] content) {
        lock.lock();
        try {
            boolean waits = queue.stream().anyMatch(each -> each instanceof Fragment fragment && fragment.type == type);
            if (isClosing() || waits || content.length > sealing.gather().most()) return false;
            add(type, content);
            return true;
        } finally {
            lock.unlock();
        }
    }

    /** The most octets of content in one record. */
    int most() {
        lock.lock();
        try {
            return sealing.gather().most();
        } finally {
            lock.unlock();
        }
    }

    /** RFC 5246 §6.2.1: handshake messages of one flight share records, unless the keys change between them. */
    void addHandshake(byte[] message) {
        if (isClosing()) return;
        if (queue.peekLast() instanceof Fragment last && last.type == ContentType.HANDSHAKE) {
            queue.removeLast();
            var both = ByteBuffer.allocate(last.content.remaining() + message.length);
            both.put(last.content).put(message).flip();
            queue.add(new Fragment(ContentType.HANDSHAKE, both));
        } else {
            queue.add(new Fragment(ContentType.HANDSHAKE, ByteBuffer.wrap(message)));
        }
    }

    void protect(RecordProtection next) {
        if (isClosing()) {
            next.close();
            return;
        }
        queue.add(new NewKeys(next));
        applyKeys();
    }

    /** From now on records that are not protected carry this version (RFC 5246 §E.1). */
    void fixVersion(int version) {
        protect(new PlainProtection(version));
    }

    /** From now on records under these keys hold at most so many octets. */
    void limit(int plaintext) {
        if (isClosing()) return;
        queue.add(new Limit(plaintext));
        applyKeys();
    }

    /** From now on the keys can be renewed; takes it over. */
    void renewBy(NextProtection following) {
        if (isClosing()) following.close();
        else sealing.renewBy(following);
    }

    boolean isRenewedBy(NextProtection following) {
        return sealing.isRenewedBy(following);
    }

    /**
     * RFC 8446 §4.6.3: says KeyUpdate and turns to the next keys. One that waits already does for all: whoever asks again
     * and again, and reads nothing, fills no memory.
     */
    void updateKeys(boolean requestsToo) {
        boolean waits = queue.stream().anyMatch(each -> each instanceof NewKeys);
        if (isClosing() || waits || sealing.following().isEmpty()) return;
        var update = EncodedMessage.of(new KeyUpdate(requestsToo));
        addHandshake(update.bytes());
        reporter.report(new MessageTransferred(Direction.SENT, update.message(), update.bytes()));
        protect(sealing.following().get().next());
        reporter.report(new KeysChanged(Direction.SENT));
    }

    void addAlert(AlertLevel level, AlertDescription description) {
        add(ContentType.ALERT, new byte[] {(byte) level.code(), (byte) description.code()});
    }

    /** After what waits now, nothing more is taken. */
    void close() {
        counter.end();
        releaseIfDone();
    }

    /** Forgets what waits, so that an alert is the next thing to go. */
    void discardPending() {
        queue.forEach(each -> {
            if (each instanceof NewKeys keys) keys.protection.close();
        });
        queue.clear();
    }

    /**
     * The same as far as there are messages: an alert goes under the keys that have been turned to since the last message
     * went, and with them the ChangeCipherSpec before them.
     */
    void discardMessages() {
        var kept = new ArrayDeque<Pending>();
        while (!queue.isEmpty() && !isMessage(queue.element())) kept.add(queue.remove());
        discardPending();
        queue.addAll(kept);
    }

    private static boolean isMessage(Pending next) {
        return next instanceof Fragment fragment && fragment.type != ContentType.CHANGE_CIPHER_SPEC;
    }

    boolean isPending() {
        lock.lock();
        try {
            return !queue.isEmpty();
        } finally {
            lock.unlock();
        }
    }

    /** Whether close_notify or a fatal alert is on its way or sent. */
    boolean isClosing() {
        return counter.isEnded();
    }

    /** Sends one record of what waits. */
    Progress sendPending(ByteBuffer network) throws TlsAlertException {
        var fragment = (Fragment) queue.element();
        var content = fragment.content;
        int end = content.limit();
        int length = Math.min(content.remaining(), sealing.gather().most());
        if (sealing.sealedLength(length) > network.remaining()) return Progress.NEED_ROOM;
        content.limit(content.position() + length);
        seal(fragment.type, content, network);
        content.limit(end);
        if (!content.hasRemaining()) queue.remove();
        applyKeys();
        releaseIfDone();
        return Progress.DONE;
    }

    /** Sends one record of application data, as much as is there and fits one record. */
    Progress sendData(ByteBuffer[] application, int offset, int length, ByteBuffer network) throws TlsAlertException {
        int octets = sealing.gather().measure(application, offset, length);
        if (octets == 0) return Progress.DONE;
        if (sealing.isWorn(octets)) {
            updateKeys(false);
            return sendPending(network);
        }
        if (sealing.sealedLength(octets) > network.remaining()) return Progress.NEED_ROOM;
        ByteBuffer source = sealing.gather().start(application, offset, length, octets, network);
        int limit = source.limit();
        source.limit(source.position() + octets);
        try {
            seal(ContentType.APPLICATION_DATA, source, network);
            counter.add(octets);
        } finally {
            source.limit(limit);
        }
        return Progress.DONE;
    }

    Counter counter() {
        return counter;
    }

    private void seal(ContentType type, ByteBuffer content, ByteBuffer network) throws TlsAlertException {
        int start = network.position();
        sealing.seal(type, content, network);
        if (teller.tells()) teller.tellSealed(type, network, start);
    }

    private void applyKeys() {
        for (var next = queue.peek(); next != null && !(next instanceof Fragment); next = queue.peek()) {
            if (next instanceof NewKeys keys) {
                sealing.use(keys.protection);
                teller.turnTo(keys.protection);
            } else if (next instanceof Limit limit) {
                sealing.limit(limit.plaintext);
            }
            queue.remove();
        }
    }

    private void releaseIfDone() {
        if (isClosing() && queue.isEmpty()) sealing.close();
    }
}
