package org.almosttls.engine;

import java.nio.ByteBuffer;
import java.util.Optional;
import org.almosttls.alert.AlertDescription;
import org.almosttls.alert.TlsAlertException;
import org.almosttls.config.NegotiatedSession;
import org.almosttls.config.TlsConfig;
import org.almosttls.event.Endpoint;
import org.almosttls.event.TlsEventListener;

/**
 * One TLS connection, without its transport. One thread may receive while another sends; no call blocks but for the
 * locks, and delegated tasks run outside of them.
 */
public final class TlsConnection {

    /** The most octets of application data in one record (RFC 5246 §6.2.1). */
    public static final int MAX_PLAINTEXT = 1 << 14;

    /** The most octets of one record on the network: header, 2^14 + 2048 (RFC 5246 §6.2.3). */
    public static final int MAX_RECORD = 5 + MAX_PLAINTEXT + 2048;

    public TlsConnection(
            TlsConfig config, TlsEventListener listener, Optional<Endpoint> local, Optional<Endpoint> peer) {}

    /** Begins the handshake; does nothing if it has begun. */
    public void start() throws TlsAlertException {
        throw new IllegalStateException();
    }

    /** What this connection needs next. */
    public ConnectionStatus status() {
        throw new IllegalStateException();
    }

    /**
     * Whether the handshake has finished since this was last asked, and nothing of it waits to be sent: true exactly
     * once per handshake.
     */
    public boolean takeFinished() {
        throw new IllegalStateException();
    }

    /**
     * Consumes at most one record from {@code network} and puts its application data, if any, into the buffers.
     * Consumes nothing while a task is outstanding.
     *
     * @throws TlsAlertException once, when this end notices a violation (its alert then waits to be sent), also one
     *     that a task has noticed
     * @throws PeerAlertException once, when a fatal alert comes
     */
    public Progress receive(ByteBuffer network, ByteBuffer[] application, int offset, int length)
            throws TlsAlertException, PeerAlertException {
        throw new IllegalStateException();
    }

    /**
     * Sends at most one record: what waits to be sent first, then application data once the handshake is finished.
     * While the handshake still needs something else, nothing is consumed or produced and the answer is DONE.
     *
     * @throws TlsAlertException once, for a violation that a task has noticed
     */
    public Progress send(ByteBuffer[] application, int offset, int length, ByteBuffer network)
            throws TlsAlertException {
        throw new IllegalStateException();
    }

    /** Work to run on any thread, at most one at a time; nothing if there is none or it was handed out already. */
    public Optional<Runnable> nextTask() {
        throw new IllegalStateException();
    }

    /** Says close_notify to the peer when all that waits is sent; application data is not taken any more. */
    public void closeOutbound() {
        throw new IllegalStateException();
    }

    /**
     * The transport has no more input.
     *
     * @return whether that was to be expected, because the peer said close_notify or a fatal alert ended the connection
     */
    public boolean closeInbound() {
        throw new IllegalStateException();
    }

    /** The transport is gone: nothing will be sent or received; secrets are erased, and listeners told. */
    public void abandon() {
        throw new IllegalStateException();
    }

    public boolean isInboundClosed() {
        throw new IllegalStateException();
    }

    public boolean isOutboundClosed() {
        throw new IllegalStateException();
    }

    /** What the handshake agreed on, once it is finished. */
    public Optional<NegotiatedSession> session() {
        throw new IllegalStateException();
    }

    /** Octets of the record that {@link #send} makes of this much application data, under the current keys. */
    public int sealedLength(int plaintextLength) {
        throw new IllegalStateException();
    }

    /** A fatal alert came: its description, and nothing of ours to answer. */
    public static final class PeerAlertException extends Exception {

        private static final long serialVersionUID = 1L;

        private final transient AlertDescription description;

        PeerAlertException(AlertDescription description) {
            super("received fatal alert " + description);
            this.description = description;
        }

        public AlertDescription description() {
            return description;
        }
    }
}
