package org.almosttls.agent.choice;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.util.ArrayList;
import java.util.List;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLServerSocket;
import javax.net.ssl.SSLServerSocketFactory;
import org.almosttls.agent.options.End;

/** Listening sockets of one stack or the other, as soon as it is known where they listen. */
final class DividedServerSockets extends SSLServerSocketFactory {

    private final Stacks stacks;

    DividedServerSockets(Stacks stacks) {
        this.stacks = stacks;
    }

    private SSLServerSocketFactory factory(List<End> ends) {
        return stacks.of(ends).getServerSocketFactory();
    }

    @Override
    public ServerSocket createServerSocket() throws IOException {
        List<SSLServerSocket> candidates = new ArrayList<>();
        for (SSLContext each : stacks.both())
            candidates.add((SSLServerSocket) each.getServerSocketFactory().createServerSocket());
        return new UndecidedServerSocket(stacks, candidates);
    }

    @Override
    public ServerSocket createServerSocket(int port) throws IOException {
        return factory(List.of(new End("", port))).createServerSocket(port);
    }

    @Override
    public ServerSocket createServerSocket(int port, int backlog) throws IOException {
        return factory(List.of(new End("", port))).createServerSocket(port, backlog);
    }

    @Override
    public ServerSocket createServerSocket(int port, int backlog, InetAddress local) throws IOException {
        List<End> ends = local == null ? List.of(new End("", port)) : End.of(local, port);
        return factory(ends).createServerSocket(port, backlog, local);
    }

    @Override
    public String[] getDefaultCipherSuites() {
        return Stacks.common(
                stacks.both().get(0).getServerSocketFactory().getDefaultCipherSuites(),
                stacks.both().get(1).getServerSocketFactory().getSupportedCipherSuites());
    }

    @Override
    public String[] getSupportedCipherSuites() {
        return Stacks.common(
                stacks.both().get(0).getServerSocketFactory().getSupportedCipherSuites(),
                stacks.both().get(1).getServerSocketFactory().getSupportedCipherSuites());
    }
}
