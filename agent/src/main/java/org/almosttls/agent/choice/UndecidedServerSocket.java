package org.almosttls.agent.choice;

import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.net.SocketAddress;
import java.net.SocketException;
import java.net.SocketOption;
import java.util.List;
import java.util.Set;
import javax.net.ssl.SSLParameters;
import javax.net.ssl.SSLServerSocket;
import org.almosttls.agent.options.End;

/** A listening socket that is not bound yet: whose it is will be known when it is. */
final class UndecidedServerSocket extends SSLServerSocket {

    private final Stacks stacks;
    private volatile List<SSLServerSocket> candidates;

    /** @param candidates of the stacks, in their order */
    UndecidedServerSocket(Stacks stacks, List<SSLServerSocket> candidates) throws IOException {
        this.stacks = stacks;
        this.candidates = List.copyOf(candidates);
    }

    private SSLServerSocket socket() {
        return candidates.get(0);
    }

    @Override
    public void bind(SocketAddress local) throws IOException {
        bind(local, 0);
    }

    @Override
    public void bind(SocketAddress local, int backlog) throws IOException {
        List<SSLServerSocket> all = candidates;
        boolean asGuessed = stacks.of(End.of(local)) == stacks.both().get(0);
        SSLServerSocket chosen = all.get(asGuessed || all.size() == 1 ? 0 : 1);
        chosen.bind(local, backlog);
        candidates = List.of(chosen);
        for (SSLServerSocket each : all) if (each != chosen) each.close();
    }

    @Override
    public Socket accept() throws IOException {
        return socket().accept();
    }

    @Override
    public void close() throws IOException {
        // Before the constructor is through, the superclass may have something to close.
        if (candidates == null) return;
        for (SSLServerSocket each : candidates) each.close();
    }

    @Override
    public InetAddress getInetAddress() {
        return socket().getInetAddress();
    }

    @Override
    public int getLocalPort() {
        return socket().getLocalPort();
    }

    @Override
    public SocketAddress getLocalSocketAddress() {
        return socket().getLocalSocketAddress();
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
    public void setSoTimeout(int millis) throws SocketException {
        for (SSLServerSocket each : candidates) each.setSoTimeout(millis);
    }

    @Override
    public int getSoTimeout() throws IOException {
        return socket().getSoTimeout();
    }

    @Override
    public void setReuseAddress(boolean on) throws SocketException {
        for (SSLServerSocket each : candidates) each.setReuseAddress(on);
    }

    @Override
    public boolean getReuseAddress() throws SocketException {
        return socket().getReuseAddress();
    }

    @Override
    public void setReceiveBufferSize(int octets) throws SocketException {
        for (SSLServerSocket each : candidates) each.setReceiveBufferSize(octets);
    }

    @Override
    public int getReceiveBufferSize() throws SocketException {
        return socket().getReceiveBufferSize();
    }

    @Override
    public <T> SSLServerSocket setOption(SocketOption<T> option, T value) throws IOException {
        for (SSLServerSocket each : candidates) each.setOption(option, value);
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
    public String[] getSupportedCipherSuites() {
        String[] names = socket().getSupportedCipherSuites();
        for (SSLServerSocket each : candidates) names = Stacks.common(names, each.getSupportedCipherSuites());
        return names;
    }

    @Override
    public String[] getEnabledCipherSuites() {
        String[] names = socket().getEnabledCipherSuites();
        for (SSLServerSocket each : candidates) names = Stacks.common(names, each.getSupportedCipherSuites());
        return names;
    }

    @Override
    public String[] getSupportedProtocols() {
        String[] names = socket().getSupportedProtocols();
        for (SSLServerSocket each : candidates) names = Stacks.common(names, each.getSupportedProtocols());
        return names;
    }

    @Override
    public String[] getEnabledProtocols() {
        String[] names = socket().getEnabledProtocols();
        for (SSLServerSocket each : candidates) names = Stacks.common(names, each.getSupportedProtocols());
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
        for (SSLServerSocket each : candidates) each.setEnabledCipherSuites(suites);
    }

    @Override
    public void setEnabledProtocols(String[] protocols) {
        for (SSLServerSocket each : candidates) each.setEnabledProtocols(protocols);
    }

    @Override
    public void setSSLParameters(SSLParameters parameters) {
        for (SSLServerSocket each : candidates) each.setSSLParameters(parameters);
    }

    @Override
    public void setUseClientMode(boolean on) {
        for (SSLServerSocket each : candidates) each.setUseClientMode(on);
    }

    @Override
    public boolean getUseClientMode() {
        return socket().getUseClientMode();
    }

    @Override
    public void setNeedClientAuth(boolean on) {
        for (SSLServerSocket each : candidates) each.setNeedClientAuth(on);
    }

    @Override
    public boolean getNeedClientAuth() {
        return socket().getNeedClientAuth();
    }

    @Override
    public void setWantClientAuth(boolean on) {
        for (SSLServerSocket each : candidates) each.setWantClientAuth(on);
    }

    @Override
    public boolean getWantClientAuth() {
        return socket().getWantClientAuth();
    }

    @Override
    public void setEnableSessionCreation(boolean on) {
        for (SSLServerSocket each : candidates) each.setEnableSessionCreation(on);
    }

    @Override
    public boolean getEnableSessionCreation() {
        return socket().getEnableSessionCreation();
    }

    @Override
    public String toString() {
        return socket().toString();
    }
}
