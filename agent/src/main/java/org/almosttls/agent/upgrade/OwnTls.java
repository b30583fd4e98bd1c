package org.almosttls.agent.upgrade;

import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.SocketChannel;
import java.util.ArrayDeque;
import java.util.Queue;
import javax.net.ssl.SSLEngine;
import org.almosttls.agent.boot.AgentBridge;
import org.almosttls.agent.upgrade.OwnPorts.Knowledge;

/**
 * Tells servers over channels that do TLS themselves from those in plaintext. Before a ClientHello is answered, what speaks for
 * it is an engine that was made for the connection, or a reader that goes on to make one; what shows it is an engine that is
 * given what the application was given first, or an answer that is TLS.
 */
final class OwnTls {

    private static final int MOST = 256;
    /** RFC 8446 §5.1. */
    private static final byte APPLICATION_DATA = 23;

    private final OwnPorts ports;
    private final EngineReaders readers;
    private final FreshEngines engines = new FreshEngines();
    private final Queue<GivenFirst> awaited = new ArrayDeque<>();
    private volatile int many;

    OwnTls(OwnPorts ports, EngineReaders readers) {
        this.ports = ports;
        this.readers = readers;
    }

    FreshEngines engines() {
        return engines;
    }

    /** Whether a client's ClientHello, which this thread is about to read, is for the application. */
    boolean isLikely(SocketChannel channel, Connection connection) {
        try {
            Knowledge knowledge = ports.of(connection.local());
            if (knowledge != Knowledge.NOTHING) return knowledge == Knowledge.OWN;
            return engines.areFor(channel, connection.peer()) || readers.areReading();
        } catch (RuntimeException | LinkageError e) {
            AgentBridge.countFailure();
            return false;
        }
    }

    /** The application gets its client's ClientHello, of which this is the beginning. */
    GivenFirst handsOn(InetSocketAddress port, byte[] seen) {
        GivenFirst given = GivenFirst.asItCame(port, seen);
        if (given.isTelling()) await(given);
        return given;
    }

    /** It has read of what was decrypted, up to where the buffer is now. */
    void reads(GivenFirst given, ByteBuffer destination, int from) {
        if (given.isRaw()) return;
        if (given.isThere()) {
            end(given);
            return;
        }
        given.take(destination, from);
        if (given.isTelling()) await(given);
        else given.end();
    }

    /**
     * It answers.
     *
     * @return whether a ClientHello that was handed on is answered in plaintext
     */
    boolean answers(GivenFirst given, ByteBuffer source) {
        try {
            return isPlaintext(given, source);
        } catch (RuntimeException | LinkageError e) {
            AgentBridge.countFailure();
            return false;
        }
    }

    private boolean isPlaintext(GivenFirst given, ByteBuffer source) {
        end(given);
        byte[] bytes = new byte[Math.min(source.remaining(), FirstBytes.ALERT_LENGTH)];
        source.get(source.position(), bytes);
        if (given.isRaw() && !FirstBytes.isTls(bytes)) {
            ports.notOwn(given.port());
            return true;
        }
        if (given.isRaw() || given.isThere() && FirstBytes.isAlert(bytes)) ports.own(given.port(), !given.isRaw());
        return false;
    }

    /** It has not answered. */
    void closes(GivenFirst given) {
        boolean refused = given.isRaw() && given.isTelling() && ports.of(given.port()) == Knowledge.NOTHING;
        end(given);
        if (refused) ports.notOwn(given.port());
    }

    /** An engine of the application's is given what is there to be read of this. */
    void unwraps(SSLEngine engine, ByteBuffer network) {
        // What comes first is never application data, of which most records are.
        if (many == 0 || !network.hasRemaining() || network.get(network.position()) == APPLICATION_DATA) return;
        GivenFirst found = find(network);
        if (found == null || engine.getUseClientMode()) return;
        end(found);
        ports.own(found.port(), !found.isRaw());
    }

    /** Null if it is not awaited, or if nobody knows which it is: several clients may have said the same. */
    private GivenFirst find(ByteBuffer network) {
        synchronized (awaited) {
            GivenFirst found = null;
            boolean single = true;
            for (GivenFirst each : awaited) {
                if (!each.isIn(network)) continue;
                if (each.isOfThisThread()) return each;
                single = found == null;
                found = each;
            }
            return single ? found : null;
        }
    }

    private void await(GivenFirst given) {
        synchronized (awaited) {
            if (awaited.size() >= MOST) awaited.remove().end();
            awaited.add(given);
            many = awaited.size();
        }
    }

    private void end(GivenFirst given) {
        synchronized (awaited) {
            given.end();
            awaited.remove(given);
            many = awaited.size();
        }
    }
}
