package org.almosttls.jsse;

import java.nio.ByteBuffer;
import java.nio.ReadOnlyBufferException;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.function.BiFunction;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.SSLEngineResult;
import javax.net.ssl.SSLEngineResult.HandshakeStatus;
import javax.net.ssl.SSLEngineResult.Status;
import javax.net.ssl.SSLException;
import javax.net.ssl.SSLParameters;
import javax.net.ssl.SSLSession;
import org.almosttls.alert.TlsAlertException;
import org.almosttls.api.Heartbeat;
import org.almosttls.api.PostHandshakeAuthentication;
import org.almosttls.config.ClientAuthentication;
import org.almosttls.engine.PeerAlertException;
import org.almosttls.engine.Progress;
import org.almosttls.engine.TlsConnection;
import org.almosttls.event.Endpoint;
import org.almosttls.registry.Role;

/** A connection as an {@code SSLEngine}: {@code unwrap} receives, {@code wrap} sends. */
public final class AlmostSslEngine extends SSLEngine implements Heartbeat, PostHandshakeAuthentication, FacedApi {

    private final ConnectionFace face;
    /** Made once, since it is asked for at each record. */
    private final Optional<Endpoint> known;

    private volatile boolean roleChosen;
    private volatile boolean closedUnused;
    private BiFunction<SSLEngine, List<String>, String> selector;

    AlmostSslEngine(ContextMeans means) {
        face = new ConnectionFace(means, new ConnectionWishes(means, Role.SERVER), new Asker.OfEngine(this));
        known = Optional.empty();
    }

    /** @param host a hint for SNI and the host-name check, may be null */
    AlmostSslEngine(ContextMeans means, String host, int port) {
        super(host, port);
        face = new ConnectionFace(means, new ConnectionWishes(means, Role.SERVER), new Asker.OfEngine(this));
        var peer = new Endpoint(host == null ? "" : host, port);
        face.peer(peer);
        known = peer.host().isEmpty() ? Optional.empty() : Optional.of(peer);
    }

    @Override
    public SSLEngineResult unwrap(ByteBuffer source, ByteBuffer[] destinations, int offset, int length)
            throws SSLException {
        require(source != null && destinations != null, "null buffer");
        checkRange(destinations, offset, length);
        for (int i = offset; i < offset + length; i++) {
            if (destinations[i].isReadOnly()) throw new ReadOnlyBufferException();
        }
        if (closedUnused) return nothingMoved(Status.CLOSED);
        var connection = start();
        var waits = HandshakeStatusOf.of(connection);
        boolean handshaking = connection.session().isEmpty() && !connection.isInboundClosed();
        if (handshaking && waits == HandshakeStatus.NEED_WRAP) return nothingMoved(Status.OK);
        int start = source.position();
        int room = remaining(destinations, offset, length);
        var progress = receive(connection, source, destinations, offset, length);
        boolean finished = takeFinished();
        return result(
                statusOf(progress, Status.BUFFER_UNDERFLOW, connection.isInboundClosed()),
                finished,
                source.position() - start,
                room - remaining(destinations, offset, length));
    }

    private static Progress receive(
            TlsConnection connection, ByteBuffer source, ByteBuffer[] destinations, int offset, int length)
            throws SSLException {
        try {
            return connection.receive(source, destinations, offset, length);
        } catch (TlsAlertException noticed) {
            throw SslExceptions.of(noticed);
        } catch (PeerAlertException received) {
            throw SslExceptions.of(received);
        }
    }

    @Override
    public SSLEngineResult wrap(ByteBuffer[] sources, int offset, int length, ByteBuffer destination)
            throws SSLException {
        require(sources != null && destination != null, "null buffer");
        checkRange(sources, offset, length);
        if (destination.isReadOnly()) throw new ReadOnlyBufferException();
        if (closedUnused) return nothingMoved(Status.CLOSED);
        var connection = start();
        int start = destination.position();
        int before = remaining(sources, offset, length);
        var progress = send(connection, sources, offset, length, destination);
        boolean finished = takeFinished();
        return result(
                statusOf(progress, Status.OK, isOutboundDone()),
                finished,
                before - remaining(sources, offset, length),
                destination.position() - start);
    }

    private static Progress send(
            TlsConnection connection, ByteBuffer[] sources, int offset, int length, ByteBuffer destination)
            throws SSLException {
        try {
            return connection.send(sources, offset, length, destination);
        } catch (TlsAlertException noticed) {
            throw SslExceptions.of(noticed);
        }
    }

    private static Status statusOf(Progress progress, Status onNeedInput, boolean closed) {
        return switch (progress) {
            case DONE -> closed ? Status.CLOSED : Status.OK;
            case NEED_INPUT -> onNeedInput;
            case NEED_ROOM -> Status.BUFFER_OVERFLOW;
            case CLOSED -> Status.CLOSED;
        };
    }

    private SSLEngineResult nothingMoved(Status status) {
        return result(status, takeFinished(), 0, 0);
    }

    /** Whether this is the one result that ends the handshake; asked first, since who has it to say is not done. */
    private boolean takeFinished() {
        boolean finished = face.connection().map(TlsConnection::takeFinished).orElse(false);
        if (finished) face.session();
        return finished;
    }

    private SSLEngineResult result(Status status, boolean finished, int consumed, int produced) {
        return new SSLEngineResult(
                status, finished ? HandshakeStatus.FINISHED : getHandshakeStatus(), consumed, produced);
    }

    private TlsConnection start() throws SSLException {
        if (!roleChosen) throw new IllegalStateException("Client/Server mode has not yet been set.");
        return face.start(Optional.empty(), known);
    }

    private static int remaining(ByteBuffer[] buffers, int offset, int length) {
        int remaining = 0;
        for (int i = offset; i < offset + length; i++) remaining += buffers[i].remaining();
        return remaining;
    }

    private static void checkRange(ByteBuffer[] buffers, int offset, int length) {
        Objects.checkFromIndexSize(offset, length, buffers.length);
        for (int i = offset; i < offset + length; i++) require(buffers[i] != null, "null buffer");
    }

    private static void require(boolean right, String otherwise) {
        if (!right) throw new IllegalArgumentException(otherwise);
    }

    /**
     * On a connection that has had a handshake this asks for another; where that is not enabled it does nothing. With TLS
     * 1.3 it is new keys, as on the platform, or at a server that by now wants its client's certificate, and may ask, that.
     */
    @Override
    public void beginHandshake() throws SSLException {
        if (closedUnused) throw new SSLException("the engine is closed");
        try {
            start().renegotiate();
        } catch (TlsAlertException noticed) {
            throw SslExceptions.of(noticed);
        }
    }

    @Override
    public HandshakeStatus getHandshakeStatus() {
        return face.connection().map(HandshakeStatusOf::of).orElse(HandshakeStatus.NOT_HANDSHAKING);
    }

    @Override
    public Runnable getDelegatedTask() {
        return face.connection().flatMap(TlsConnection::nextTask).orElse(null);
    }

    @Override
    public void closeInbound() throws SSLException {
        var connection = face.connection();
        if (connection.isEmpty()) closedUnused = true;
        else if (!closeInbound(connection.get()))
            throw new SSLException("closing inbound before receiving peer's close_notify");
    }

    private static boolean closeInbound(TlsConnection connection) throws SSLException {
        try {
            return connection.closeInbound();
        } catch (TlsAlertException noticed) {
            throw SslExceptions.of(noticed);
        }
    }

    @Override
    public boolean isInboundDone() {
        return closedUnused
                || face.connection().map(TlsConnection::isInboundClosed).orElse(false);
    }

    @Override
    public void closeOutbound() {
        face.connection().ifPresentOrElse(AlmostSslEngine::close, () -> closedUnused = true);
    }

    /** Many callers drop an engine once they have said close_notify, so that is when its session is told. */
    private static void close(TlsConnection connection) {
        connection.closeOutbound();
        connection.conclude();
    }

    @Override
    public boolean isOutboundDone() {
        return closedUnused
                || face.connection()
                        .map(connection -> connection.isOutboundClosed()
                                && HandshakeStatusOf.of(connection) != HandshakeStatus.NEED_WRAP)
                        .orElse(false);
    }

    @Override
    public SSLSession getSession() {
        return face.session();
    }

    @Override
    public SSLSession getHandshakeSession() {
        return face.handshakeSession().orElse(null);
    }

    @Override
    public void setUseClientMode(boolean client) {
        require(face.connection().isEmpty(), "Cannot change mode after SSL traffic has started");
        face.wishes().role(client ? Role.CLIENT : Role.SERVER);
        roleChosen = true;
    }

    @Override
    public boolean getUseClientMode() {
        return face.wishes().role() == Role.CLIENT;
    }

    @Override
    public void setHandshakeApplicationProtocolSelector(BiFunction<SSLEngine, List<String>, String> selector) {
        this.selector = selector;
        face.selection().set(Optional.ofNullable(selector).map(chosen -> offered -> chosen.apply(this, offered)));
    }

    @Override
    public BiFunction<SSLEngine, List<String>, String> getHandshakeApplicationProtocolSelector() {
        return selector;
    }

    @Override
    public String getApplicationProtocol() {
        return face.applicationProtocol().orElse(null);
    }

    @Override
    public String getHandshakeApplicationProtocol() {
        return face.handshakeApplicationProtocol().orElse(null);
    }

    @Override
    public SSLParameters getSSLParameters() {
        return face.wishes().parameters(face.peer().host());
    }

    @Override
    public void setSSLParameters(SSLParameters parameters) {
        face.wishes().takeOver(parameters);
    }

    @Override
    public String[] getSupportedCipherSuites() {
        return face.wishes().supportedSuites();
    }

    @Override
    public String[] getEnabledCipherSuites() {
        return face.wishes().suites();
    }

    @Override
    public void setEnabledCipherSuites(String[] suites) {
        face.wishes().suites(suites);
    }

    @Override
    public String[] getSupportedProtocols() {
        return face.wishes().supportedProtocols();
    }

    @Override
    public String[] getEnabledProtocols() {
        return face.wishes().protocols();
    }

    @Override
    public void setEnabledProtocols(String[] protocols) {
        face.wishes().protocols(protocols);
    }

    @Override
    public void setNeedClientAuth(boolean need) {
        face.wishes().clientAuthentication(need ? ClientAuthentication.NEED : ClientAuthentication.NONE);
    }

    @Override
    public boolean getNeedClientAuth() {
        return face.wishes().clientAuthentication() == ClientAuthentication.NEED;
    }

    @Override
    public void setWantClientAuth(boolean want) {
        face.wishes().clientAuthentication(want ? ClientAuthentication.WANT : ClientAuthentication.NONE);
    }

    @Override
    public boolean getWantClientAuth() {
        return face.wishes().clientAuthentication() == ClientAuthentication.WANT;
    }

    @Override
    public void setEnableSessionCreation(boolean enabled) {
        face.wishes().sessionCreation(enabled);
    }

    @Override
    public boolean getEnableSessionCreation() {
        return face.wishes().sessionCreation();
    }

    @Override
    public ConnectionFace face() {
        return face;
    }

    @Override
    public boolean mayAskHeartbeat() {
        return face.connection().filter(open -> open.pulse().mayAsk()).isPresent();
    }

    @Override
    public boolean askHeartbeat(int payloadLength) {
        return face.connection().filter(open -> open.pulse().ask(payloadLength)).isPresent();
    }

    @Override
    public boolean isHeartbeatDue() {
        return face.connection().filter(open -> open.pulse().isDue()).isPresent();
    }

    @Override
    public boolean mayRequestClientCertificate() {
        return face.connection().filter(open -> open.inquiry().isPossible()).isPresent();
    }

    @Override
    public boolean requestClientCertificate() throws SSLException {
        var connection = face.connection();
        try {
            return connection.isPresent() && connection.get().inquiry().ask();
        } catch (TlsAlertException noticed) {
            throw SslExceptions.of(noticed);
        }
    }

    @Override
    public boolean isClientCertificateDue() {
        return face.connection().filter(open -> open.inquiry().isDue()).isPresent();
    }
}
