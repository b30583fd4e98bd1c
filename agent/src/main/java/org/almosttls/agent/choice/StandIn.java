package org.almosttls.agent.choice;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.SocketAddress;
import java.net.SocketException;
import java.net.SocketOption;
import java.nio.channels.SocketChannel;
import java.util.List;
import java.util.Set;
import javax.net.ssl.SSLParameters;
import javax.net.ssl.SSLSession;
import javax.net.ssl.SSLSocket;

/**
 * A socket that stands for others: the first of them is asked, all of them are told. What has a meaning of its own
 * while there is more than one is left to {@link UndecidedSocket}.
 */
abstract class StandIn extends SSLSocket {

    private volatile List<SSLSocket> candidates;

    StandIn(List<SSLSocket> candidates) {
        this.candidates = List.copyOf(candidates);
    }

    /** What each of them is told. */
    @FunctionalInterface
    private interface Setting {

        void in(SSLSocket socket) throws SocketException;
    }

    final List<SSLSocket> candidates() {
        return candidates;
    }

    /** The one that it is, or would be by what is known so far. */
    final SSLSocket socket() {
        return candidates.get(0);
    }

    /** From now on it stands for this one only. */
    final void become(SSLSocket chosen) throws IOException {
        List<SSLSocket> all = candidates;
        candidates = List.of(chosen);
        for (SSLSocket each : all) if (each != chosen) each.close();
    }

    private void tell(Setting setting) throws SocketException {
        for (SSLSocket each : candidates) setting.in(each);
    }

    @Override
    public InetAddress getInetAddress() {
        return socket().getInetAddress();
    }

    @Override
    public InetAddress getLocalAddress() {
        return socket().getLocalAddress();
    }

    @Override
    public int getPort() {
        return socket().getPort();
    }

    @Override
    public int getLocalPort() {
        return socket().getLocalPort();
    }

    @Override
    public SocketAddress getRemoteSocketAddress() {
        return socket().getRemoteSocketAddress();
    }

    @Override
    public SocketAddress getLocalSocketAddress() {
        return socket().getLocalSocketAddress();
    }

    @Override
    public SocketChannel getChannel() {
        return socket().getChannel();
    }

    @Override
    public InputStream getInputStream() throws IOException {
        return socket().getInputStream();
    }

    @Override
    public OutputStream getOutputStream() throws IOException {
        return socket().getOutputStream();
    }

    @Override
    public void setTcpNoDelay(boolean on) throws SocketException {
        tell(each -> each.setTcpNoDelay(on));
    }

    @Override
    public boolean getTcpNoDelay() throws SocketException {
        return socket().getTcpNoDelay();
    }

    @Override
    public void setOOBInline(boolean on) throws SocketException {
        tell(each -> each.setOOBInline(on));
    }

    @Override
    public boolean getOOBInline() throws SocketException {
        return socket().getOOBInline();
    }

    @Override
    public void setSoTimeout(int millis) throws SocketException {
        tell(each -> each.setSoTimeout(millis));
    }

    @Override
    public int getSoTimeout() throws SocketException {
        return socket().getSoTimeout();
    }

    @Override
    public void setSendBufferSize(int octets) throws SocketException {
        tell(each -> each.setSendBufferSize(octets));
    }

    @Override
    public int getSendBufferSize() throws SocketException {
        return socket().getSendBufferSize();
    }

    @Override
    public void setReceiveBufferSize(int octets) throws SocketException {
        tell(each -> each.setReceiveBufferSize(octets));
    }

    @Override
    public int getReceiveBufferSize() throws SocketException {
        return socket().getReceiveBufferSize();
    }

    @Override
    public void setKeepAlive(boolean on) throws SocketException {
        tell(each -> each.setKeepAlive(on));
    }

    @Override
    public boolean getKeepAlive() throws SocketException {
        return socket().getKeepAlive();
    }

    @Override
    public void setTrafficClass(int octet) throws SocketException {
        tell(each -> each.setTrafficClass(octet));
    }

    @Override
    public int getTrafficClass() throws SocketException {
        return socket().getTrafficClass();
    }

    @Override
    public void setReuseAddress(boolean on) throws SocketException {
        tell(each -> each.setReuseAddress(on));
    }

    @Override
    public boolean getReuseAddress() throws SocketException {
        return socket().getReuseAddress();
    }

    @Override
    public void setSoLinger(boolean on, int seconds) throws SocketException {
        tell(each -> each.setSoLinger(on, seconds));
    }

    @Override
    public int getSoLinger() throws SocketException {
        return socket().getSoLinger();
    }

    @Override
    public <T> StandIn setOption(SocketOption<T> option, T value) throws IOException {
        for (SSLSocket each : candidates) each.setOption(option, value);
        return this;
    }

    @Override
    public <T> T getOption(SocketOption<T> option) throws IOException {
        return socket().getOption(option);
    }

    @Override
    public Set<SocketOption<?>> supportedOptions() {
        return socket().supportedOptions();
    }

    @Override
    public void setPerformancePreferences(int connectionTime, int latency, int bandwidth) {
        candidates.forEach(each -> each.setPerformancePreferences(connectionTime, latency, bandwidth));
    }

    @Override
    public void sendUrgentData(int octet) throws IOException {
        socket().sendUrgentData(octet);
    }

    @Override
    public void close() throws IOException {
        for (SSLSocket each : candidates) each.close();
    }

    @Override
    public void shutdownInput() throws IOException {
        socket().shutdownInput();
    }

    @Override
    public void shutdownOutput() throws IOException {
        socket().shutdownOutput();
    }

    @Override
    public boolean isConnected() {
        return socket().isConnected();
    }

    @Override
    public boolean isBound() {
        return socket().isBound();
    }

    @Override
    public boolean isClosed() {
        return socket().isClosed();
    }

    @Override
    public boolean isInputShutdown() {
        return socket().isInputShutdown();
    }

    @Override
    public boolean isOutputShutdown() {
        return socket().isOutputShutdown();
    }

    @Override
    public String[] getSupportedCipherSuites() {
        String[] names = socket().getSupportedCipherSuites();
        for (SSLSocket each : candidates) names = Stacks.common(names, each.getSupportedCipherSuites());
        return names;
    }

    @Override
    public String[] getEnabledCipherSuites() {
        String[] names = socket().getEnabledCipherSuites();
        for (SSLSocket each : candidates) names = Stacks.common(names, each.getSupportedCipherSuites());
        return names;
    }

    @Override
    public String[] getSupportedProtocols() {
        String[] names = socket().getSupportedProtocols();
        for (SSLSocket each : candidates) names = Stacks.common(names, each.getSupportedProtocols());
        return names;
    }

    @Override
    public String[] getEnabledProtocols() {
        String[] names = socket().getEnabledProtocols();
        for (SSLSocket each : candidates) names = Stacks.common(names, each.getSupportedProtocols());
        return names;
    }

    @Override
    public SSLParameters getSSLParameters() {
        SSLParameters parameters = socket().getSSLParameters();
        parameters.setCipherSuites(getEnabledCipherSuites());
        parameters.setProtocols(getEnabledProtocols());
        return parameters;
    }

    @Override
    public void setEnabledCipherSuites(String[] suites) {
        candidates.forEach(each -> each.setEnabledCipherSuites(suites));
    }

    @Override
    public void setEnabledProtocols(String[] protocols) {
        candidates.forEach(each -> each.setEnabledProtocols(protocols));
    }

    @Override
    public void setSSLParameters(SSLParameters parameters) {
        candidates.forEach(each -> each.setSSLParameters(parameters));
    }

    @Override
    public void setUseClientMode(boolean on) {
        candidates.forEach(each -> each.setUseClientMode(on));
    }

    @Override
    public boolean getUseClientMode() {
        return socket().getUseClientMode();
    }

    @Override
    public void setNeedClientAuth(boolean on) {
        candidates.forEach(each -> each.setNeedClientAuth(on));
    }

    @Override
    public boolean getNeedClientAuth() {
        return socket().getNeedClientAuth();
    }

    @Override
    public void setWantClientAuth(boolean on) {
        candidates.forEach(each -> each.setWantClientAuth(on));
    }

    @Override
    public boolean getWantClientAuth() {
        return socket().getWantClientAuth();
    }

    @Override
    public void setEnableSessionCreation(boolean on) {
        candidates.forEach(each -> each.setEnableSessionCreation(on));
    }

    @Override
    public boolean getEnableSessionCreation() {
        return socket().getEnableSessionCreation();
    }

    @Override
    public SSLSession getSession() {
        return socket().getSession();
    }

    @Override
    public SSLSession getHandshakeSession() {
        return socket().getHandshakeSession();
    }

    @Override
    public String getApplicationProtocol() {
        return socket().getApplicationProtocol();
    }

    @Override
    public String getHandshakeApplicationProtocol() {
        return socket().getHandshakeApplicationProtocol();
    }

    @Override
    public void startHandshake() throws IOException {
        socket().startHandshake();
    }

    @Override
    public String toString() {
        return socket().toString();
    }
}
