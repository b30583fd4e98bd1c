package org.almosttls.agent.upgrade;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.lang.ref.WeakReference;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.SocketAddress;
import java.util.Optional;
import javax.net.ssl.SSLSocket;
import org.almosttls.agent.boot.AgentBridge;
import org.almosttls.agent.boot.UpgradeBridge;
import org.almosttls.agent.options.UpgradeOptions.Mode;
import org.almosttls.agent.weak.WeakTable;

/** Answers the advice in sockets. What is known of one is kept by its own streams, and here by nothing strong. */
final class UpgradedSockets implements UpgradeBridge.Sockets {

    private final Rules rules;
    private final Decider decider;
    private final WeakTable<Socket, Boolean> accepted = new WeakTable<>();
    private final WeakTable<Socket, Boolean> leftAlone = new WeakTable<>();
    private final WeakTable<Socket, WeakReference<UpgradedSocket>> known = new WeakTable<>();

    UpgradedSockets(Rules rules, Decider decider) {
        this.rules = rules;
        this.decider = decider;
    }

    @Override
    public boolean isStrict() {
        return decider.mode() == Mode.STRICT;
    }

    @Override
    public void connecting(Socket socket, SocketAddress address, int millis) {
        if (Aside.isBusy() || socket instanceof SSLSocket || socket.isConnected()) return;
        if (!(address instanceof InetSocketAddress peer) || peer.isUnresolved() || !rules.meanClient(peer)) return;
        if (!Callers.areTls()) decider.connecting(peer, millis);
    }

    @Override
    public void accepted(Socket socket) {
        if (!(socket instanceof SSLSocket) && !Aside.isBusy()) accepted.put(socket, Boolean.TRUE);
    }

    @Override
    public InputStream input(Socket socket, InputStream raw) throws IOException {
        if (raw instanceof UpgradedInput) return raw;
        return upgraded(socket).<InputStream>map(UpgradedSocket::input).orElse(raw);
    }

    @Override
    public OutputStream output(Socket socket, OutputStream raw) throws IOException {
        if (raw instanceof UpgradedOutput) return raw;
        return upgraded(socket).<OutputStream>map(UpgradedSocket::output).orElse(raw);
    }

    private Optional<UpgradedSocket> upgraded(Socket socket) throws IOException {
        if (Aside.isBusy() || socket instanceof SSLSocket) return Optional.empty();
        Role role = accepted.get(socket) != null ? Role.SERVER : Role.CLIENT;
        if (!isMeant(socket, role)) return Optional.empty();
        synchronized (known) {
            if (leftAlone.get(socket) != null) return Optional.empty();
            Optional<UpgradedSocket> before = of(socket);
            if (before.isPresent()) return before;
            if (Callers.areTls()) {
                leftAlone.put(socket, Boolean.TRUE);
                return Optional.empty();
            }
            var made = Aside.run(() -> UpgradedSocket.over(socket, role, decider));
            known.put(socket, new WeakReference<>(made));
            return Optional.of(made);
        }
    }

    private boolean isMeant(Socket socket, Role role) {
        return role == Role.SERVER
                ? rules.meanServer(socket.getLocalPort())
                : rules.meanClient(new InetSocketAddress(socket.getInetAddress(), socket.getPort()));
    }

    private Optional<UpgradedSocket> of(Socket socket) {
        return Optional.ofNullable(known.get(socket)).map(WeakReference::get);
    }

    @Override
    public void closing(Socket socket) {
        if (Aside.isBusy()) return;
        of(socket).ifPresent(upgraded -> {
            try {
                upgraded.close();
            } catch (IOException gone) {
                // The socket closes all the same.
                AgentBridge.countFailure();
            }
        });
    }

    @Override
    public void shuttingOutput(Socket socket) throws IOException {
        if (Aside.isBusy() || socket.isClosed() || socket.isOutputShutdown()) return;
        Optional<UpgradedSocket> upgraded = of(socket);
        if (upgraded.isPresent()) upgraded.get().shutdownOutput();
    }
}
