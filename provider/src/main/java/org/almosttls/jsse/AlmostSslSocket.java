package org.almosttls.jsse;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.SequenceInputStream;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.SocketAddress;
import java.net.SocketException;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.function.BiFunction;
import javax.net.ssl.HandshakeCompletedListener;
import javax.net.ssl.SSLParameters;
import javax.net.ssl.SSLSession;
import javax.net.ssl.SSLSocket;
import org.almosttls.api.PostHandshakeAuthentication;
import org.almosttls.api.SocketHeartbeat;
import org.almosttls.config.ClientAuthentication;
import org.almosttls.engine.TlsConnection;
import org.almosttls.event.Endpoint;
import org.almosttls.registry.Role;

/**
 * A connection as an {@code SSLSocket}, over a transport that is always another socket: a fresh one, one that was
 * accepted, or the caller's. The first read, write or {@code getSession} does the handshake. {@code startHandshake} on
 * a connection that has had one asks for another and returns, as on the platform: reading goes on with it, and
 * listeners are told. Where renegotiation is not enabled it does nothing, which breaks fewer callers than refusing. With
 * TLS 1.3 it is new keys, as on the platform, or at a server that by now wants its client's certificate, and may ask, that.
 */
final class AlmostSslSocket extends DelegatingSocket implements SocketHeartbeat, PostHandshakeAuthentication, FacedApi {

    private static final Duration LEAST_INTERVAL = Duration.ofSeconds(1);

    private final Socket raw;
    private final boolean autoClose;
    private final ConnectionFace face;
    private final SocketLoop loop;
    private final CompletionListeners listeners = new CompletionListeners();
    private BiFunction<SSLSocket, List<String>, String> selector;

    /** Over a transport of its own, which is yet to be connected. */
    AlmostSslSocket(ContextMeans means) {
        this(means, new ConnectionWishes(means, Role.CLIENT), new Socket(), Optional.empty(), true);
    }

    /** Over a transport that a listening socket has accepted. */
    AlmostSslSocket(ContextMeans means, ConnectionWishes wishes, Socket accepted) {
        this(means, wishes, accepted, Optional.empty(), true);
        meetAddress();
    }

    /**
     * Over the caller's transport.
     *
     * @param consumed input that came over the transport and was read already
     * @param host the peer as the caller calls it, empty if it does not say
     */
    static AlmostSslSocket layered(
            ContextMeans means, Role role, Socket transport, Optional<InputStream> consumed, boolean autoClose)
            throws IOException {
        if (!transport.isConnected()) throw new SocketException("Underlying socket is not connected");
        var socket = new AlmostSslSocket(means, new ConnectionWishes(means, role), transport, consumed, autoClose);
        socket.meetAddress();
        return socket;
    }

    private AlmostSslSocket(
            ContextMeans means,
            ConnectionWishes wishes,
            Socket raw,
            Optional<InputStream> consumed,
            boolean autoClose) {
        super(raw);
        this.raw = raw;
        this.autoClose = autoClose;
        this.face = new ConnectionFace(means, wishes, new Asker.OfSocket(this));
        var reader = new SocketReader(inputOf(raw, consumed));
        this.loop = new SocketLoop(face, readTimeout(), reader, autoClose, () -> listeners.tell(this, face.session()));
    }

    private static SocketReader.InputSource inputOf(Socket raw, Optional<InputStream> consumed) {
        if (consumed.isEmpty()) return raw::getInputStream;
        var late = new InputStream() {
            @Override
            public int read() throws IOException {
                return raw.getInputStream().read();
            }

            @Override
            public int read(byte[] destination, int offset, int length) throws IOException {
                return raw.getInputStream().read(destination, offset, length);
            }

            @Override
            public int available() throws IOException {
                return raw.getInputStream().available();
            }
        };
        var both = new SequenceInputStream(consumed.get(), late);
        return () -> both;
    }

    /** The peer by the name that the caller has used: the transport's address is not looked up in reverse. */
    AlmostSslSocket meet(String host, int port) {
        face.peer(new Endpoint(host, port));
        return this;
    }

    /** The same for a peer behind the caller's transport. */
    AlmostSslSocket meetBehindTransport(String host, int port) {
        face.peerBehindTransport(new Endpoint(host, port));
        return this;
    }

    private void meetAddress() {
        // A transport of the caller's own making need not have an address.
        if (raw.getInetAddress() != null) meet(raw.getInetAddress().getHostAddress(), raw.getPort());
    }

    @Override
    public void connect(SocketAddress address, int timeout) throws IOException {
        super.connect(address, timeout);
        if (face.peer().host().isEmpty() && address instanceof InetSocketAddress internet)
            meet(internet.getHostString(), internet.getPort());
    }

    @Override
    public void startHandshake() throws IOException {
        loop.requireWhole();
        if (loop.isOver()) loop.renegotiate();
        else handshake();
    }

    /** Finishes the first handshake. */
    void handshake() throws IOException {
        if (loop.handshake()) listeners.tell(this, face.session());
    }

    @Override
    public InputStream getInputStream() throws IOException {
        requireConnected();
        if (isInputShutdown() || isInputOver()) throw new SocketException("Socket input is already shutdown");
        return new SocketInput(this, loop);
    }

    @Override
    public OutputStream getOutputStream() throws IOException {
        requireConnected();
        if (isOutputShutdown()) throw new SocketException("Socket output is already shutdown");
        return new SocketOutput(this, loop);
    }

    private void requireConnected() throws SocketException {
        if (isClosed()) throw new SocketException("Socket is closed");
        if (!isConnected()) throw new SocketException("Socket is not connected");
    }

    @Override
    public void close() throws IOException {
        loop.close();
    }

    @Override
    public boolean isClosed() {
        return loop.isClosed();
    }

    /** Once the peer has said close_notify; does nothing to a closed socket, as on the platform. */
    @Override
    public void shutdownInput() throws IOException {
        if (isClosed() || isInputShutdown()) return;
        requireConnected();
        try {
            loop.shutdownInput();
        } finally {
            if (autoClose) raw.shutdownInput();
        }
    }

    @Override
    public boolean isInputShutdown() {
        return raw.isInputShutdown() || !autoClose && isInputOver();
    }

    private boolean isInputOver() {
        return loop.isInputShut()
                || face.connection().map(TlsConnection::isInboundClosed).orElse(false);
    }

    /** RFC 5246 §7.2.1: says close_notify. */
    @Override
    public void shutdownOutput() throws IOException {
        if (isClosed()) return;
        requireConnected();
        if (face.connection().isPresent()) loop.shutdownOutput();
        if (autoClose && !raw.isOutputShutdown()) raw.shutdownOutput();
    }

    @Override
    public boolean isOutputShutdown() {
        return raw.isOutputShutdown()
                || face.connection().map(TlsConnection::isOutboundClosed).orElse(false);
    }

    /** Does the handshake first; where that fails, the session says that there is none. */
    @Override
    public SSLSession getSession() {
        try {
            handshake();
        } catch (IOException failed) {
            return face.session();
        }
        return face.session();
    }

    @Override
    public SSLSession getHandshakeSession() {
        return face.handshakeSession().orElse(null);
    }

    @Override
    public void addHandshakeCompletedListener(HandshakeCompletedListener listener) {
        listeners.add(listener);
    }

    @Override
    public void removeHandshakeCompletedListener(HandshakeCompletedListener listener) {
        listeners.remove(listener);
    }

    @Override
    public void setUseClientMode(boolean client) {
        if (face.connection().isPresent())
            throw new IllegalArgumentException("Cannot change mode after SSL traffic has started");
        face.wishes().role(client ? Role.CLIENT : Role.SERVER);
    }

    @Override
    public boolean getUseClientMode() {
        return face.wishes().role() == Role.CLIENT;
    }

    @Override
    public void setHandshakeApplicationProtocolSelector(BiFunction<SSLSocket, List<String>, String> selector) {
        this.selector = selector;
        face.selection().set(Optional.ofNullable(selector).map(chosen -> offered -> chosen.apply(this, offered)));
    }

    @Override
    public BiFunction<SSLSocket, List<String>, String> getHandshakeApplicationProtocolSelector() {
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
    public String toString() {
        return "AlmostSslSocket[" + raw + "]";
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
    public boolean askHeartbeat(int payloadLength) throws IOException {
        var connection = face.connection();
        return connection.isPresent() && loop.ask(connection.get(), payloadLength);
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
    public boolean requestClientCertificate() throws IOException {
        var connection = face.connection();
        return connection.isPresent() && loop.inquire(connection.get());
    }

    @Override
    public boolean isClientCertificateDue() {
        return face.connection().filter(open -> open.inquiry().isDue()).isPresent();
    }

    @Override
    public boolean awaitHeartbeat(Duration limit) throws IOException {
        var connection = face.connection();
        return connection.isEmpty() || loop.awaitSign(connection.get(), limit);
    }

    @Override
    public void setHeartbeatInterval(Duration idle) {
        boolean lawful = idle.isZero() || idle.compareTo(LEAST_INTERVAL) >= 0;
        if (!lawful) throw new IllegalArgumentException("RFC 6520 §5.2: a second at least, and not " + idle);
        loop.vigil().every(idle);
    }
}
