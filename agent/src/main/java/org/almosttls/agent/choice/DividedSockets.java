package org.almosttls.agent.choice;

import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.Socket;
import java.util.ArrayList;
import java.util.List;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLSocket;
import javax.net.ssl.SSLSocketFactory;
import org.almosttls.agent.options.End;

/** Sockets of one stack or the other, as soon as it is known whom they are for. */
final class DividedSockets extends SSLSocketFactory {

    private final Stacks stacks;

    DividedSockets(Stacks stacks) {
        this.stacks = stacks;
    }

    private SSLSocketFactory factory(List<End> ends) {
        return stacks.of(ends).getSocketFactory();
    }

    @Override
    public Socket createSocket() throws IOException {
        List<SSLSocket> candidates = new ArrayList<>();
        for (SSLContext each : stacks.both())
            candidates.add((SSLSocket) each.getSocketFactory().createSocket());
        return new UndecidedSocket(stacks, candidates);
    }

    @Override
    public Socket createSocket(String host, int port) throws IOException {
        return factory(List.of(new End(host, port))).createSocket(host, port);
    }

    @Override
    public Socket createSocket(String host, int port, InetAddress localHost, int localPort) throws IOException {
        return factory(List.of(new End(host, port))).createSocket(host, port, localHost, localPort);
    }

    @Override
    public Socket createSocket(InetAddress host, int port) throws IOException {
        return factory(End.of(host, port)).createSocket(host, port);
    }

    @Override
    public Socket createSocket(InetAddress host, int port, InetAddress localHost, int localPort) throws IOException {
        return factory(End.of(host, port)).createSocket(host, port, localHost, localPort);
    }

    @Override
    public Socket createSocket(Socket transport, String host, int port, boolean autoClose) throws IOException {
        List<End> ends = new ArrayList<>(End.of(transport));
        if (host != null) ends.add(new End(host, port));
        return factory(ends).createSocket(transport, host, port, autoClose);
    }

    @Override
    public Socket createSocket(Socket transport, InputStream consumed, boolean autoClose) throws IOException {
        return factory(End.of(transport)).createSocket(transport, consumed, autoClose);
    }

    @Override
    public String[] getDefaultCipherSuites() {
        return Stacks.common(
                stacks.both().get(0).getSocketFactory().getDefaultCipherSuites(),
                stacks.both().get(1).getSocketFactory().getSupportedCipherSuites());
    }

    @Override
    public String[] getSupportedCipherSuites() {
        return Stacks.common(
                stacks.both().get(0).getSocketFactory().getSupportedCipherSuites(),
                stacks.both().get(1).getSocketFactory().getSupportedCipherSuites());
    }
}
