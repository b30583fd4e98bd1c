package org.almosttls.agent.upgrade;

import java.nio.ByteBuffer;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.SSLEngineResult;
import javax.net.ssl.SSLEngineResult.HandshakeStatus;
import javax.net.ssl.SSLEngineResult.Status;
import javax.net.ssl.SSLSession;

/**
 * Does no TLS, and takes nothing of the heap: what the one end writes is what the network has. A ClientHello that comes first is
 * answered by nothing.
 */
final class PassingEngine extends SSLEngine {

    private static final SSLEngineResult MOVED = new SSLEngineResult(Status.OK, HandshakeStatus.NOT_HANDSHAKING, 1, 1);
    private static final SSLEngineResult IDLE = new SSLEngineResult(Status.OK, HandshakeStatus.NOT_HANDSHAKING, 0, 0);
    private static final SSLEngineResult TOO_FEW =
            new SSLEngineResult(Status.BUFFER_UNDERFLOW, HandshakeStatus.NOT_HANDSHAKING, 0, 0);

    private static final int HANDSHAKE = 22;
    private static final int HEADER = 5;

    private final SSLSession sizes;
    private boolean client = true;
    private boolean begun;
    private int hello;

    PassingEngine(SSLSession sizes) {
        this.sizes = sizes;
    }

    @Override
    public SSLEngineResult wrap(ByteBuffer source, ByteBuffer network) {
        return ChannelBuffers.move(source, network) > 0 ? MOVED : IDLE;
    }

    @Override
    public SSLEngineResult wrap(ByteBuffer[] sources, int offset, int length, ByteBuffer network) {
        int before = network.position();
        for (int i = offset; i < offset + length; i++) ChannelBuffers.move(sources[i], network);
        return network.position() > before ? MOVED : IDLE;
    }

    @Override
    public SSLEngineResult unwrap(ByteBuffer network, ByteBuffer destination) {
        if (network.remaining() < HEADER && !begun) return TOO_FEW;
        int at = network.position();
        if (!begun && network.get(at) == HANDSHAKE) hello = HEADER + (network.get(at + 4) & 0xFF);
        begun = true;
        int gone = Math.min(hello, network.remaining());
        hello -= gone;
        network.position(at + gone);
        return ChannelBuffers.move(network, destination) > 0 ? MOVED : TOO_FEW;
    }

    @Override
    public SSLEngineResult unwrap(ByteBuffer network, ByteBuffer[] destinations, int offset, int length) {
        return unwrap(network, destinations[offset]);
    }

    @Override
    public Runnable getDelegatedTask() {
        return null;
    }

    @Override
    public void closeInbound() {}

    @Override
    public boolean isInboundDone() {
        return false;
    }

    @Override
    public void closeOutbound() {}

    @Override
    public boolean isOutboundDone() {
        return true;
    }

    @Override
    public String[] getSupportedCipherSuites() {
        return new String[0];
    }

    @Override
    public String[] getEnabledCipherSuites() {
        return new String[0];
    }

    @Override
    public void setEnabledCipherSuites(String[] suites) {}

    @Override
    public String[] getSupportedProtocols() {
        return new String[0];
    }

    @Override
    public String[] getEnabledProtocols() {
        return new String[0];
    }

    @Override
    public void setEnabledProtocols(String[] protocols) {}

    @Override
    public SSLSession getSession() {
        return sizes;
    }

    @Override
    public void beginHandshake() {}

    @Override
    public HandshakeStatus getHandshakeStatus() {
        return HandshakeStatus.NOT_HANDSHAKING;
    }

    @Override
    public void setUseClientMode(boolean client) {
        this.client = client;
    }

    @Override
    public boolean getUseClientMode() {
        return client;
    }

    @Override
    public void setNeedClientAuth(boolean need) {}

    @Override
    public boolean getNeedClientAuth() {
        return false;
    }

    @Override
    public void setWantClientAuth(boolean want) {}

    @Override
    public boolean getWantClientAuth() {
        return false;
    }

    @Override
    public void setEnableSessionCreation(boolean may) {}

    @Override
    public boolean getEnableSessionCreation() {
        return true;
    }
}
