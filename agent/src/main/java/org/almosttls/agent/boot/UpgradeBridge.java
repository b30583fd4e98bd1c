package org.almosttls.agent.boot;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.Socket;
import java.net.SocketAddress;

/** What advice in sockets calls where connections in plaintext become TLS: a wire like {@link AgentBridge}. */
public final class UpgradeBridge {

    private static final String FAILED = "cannot look at a socket";

    private static volatile Sockets sockets;

    private UpgradeBridge() {}

    /** What is at the other end of the wire, in the agent's loader. */
    public interface Sockets {

        /** The stream that the application reads from, which may be {@code raw}. */
        InputStream input(Socket socket, InputStream raw) throws IOException;

        /** The stream that it writes to, which may be {@code raw}. */
        OutputStream output(Socket socket, OutputStream raw) throws IOException;

        /** A client connects it to a server when this returns; {@code millis} is how long it waits, 0 for ever. */
        void connecting(Socket socket, SocketAddress server, int millis);

        /** A server has it from its client. */
        void accepted(Socket socket);

        /** It ends when this returns. */
        void closing(Socket socket);

        /** Nothing can be written when this returns. */
        void shuttingOutput(Socket socket) throws IOException;

        /** Whether a connection that cannot be upgraded must not be. */
        boolean isStrict();
    }

    /** Who answers from now on. */
    public static void answer(Sockets source) {
        sockets = Privileged.of(Sockets.class, source);
    }

    /**
     * What advice on {@code getInputStream} calls.
     *
     * @throws IOException if there must be no connection in plaintext
     */
    public static InputStream input(Object socket, InputStream raw) throws IOException {
        Sockets known = sockets;
        if (known == null) return raw;
        try {
            return known.input((Socket) socket, raw);
        } catch (Throwable e) {
            refuse(known, e);
            return raw;
        }
    }

    /** The same of {@code getOutputStream}. */
    public static OutputStream output(Object socket, OutputStream raw) throws IOException {
        Sockets known = sockets;
        if (known == null) return raw;
        try {
            return known.output((Socket) socket, raw);
        } catch (Throwable e) {
            refuse(known, e);
            return raw;
        }
    }

    private static void refuse(Sockets known, Throwable why) throws IOException {
        AgentBridge.failed(FAILED, why);
        if (known.isStrict()) throw new IOException("this connection cannot be upgraded to TLS: " + why);
    }

    /** What advice on {@code connect} calls. */
    public static void connecting(Object socket, SocketAddress server, int millis) {
        Sockets known = sockets;
        if (known == null || !Privileged.mayConnect(server)) return;
        try {
            known.connecting((Socket) socket, server, millis);
        } catch (Throwable e) {
            AgentBridge.failed(FAILED, e);
        }
    }

    /** What advice on {@code implAccept} calls. */
    public static void accepted(Object socket) {
        Sockets known = sockets;
        if (known == null) return;
        try {
            known.accepted((Socket) socket);
        } catch (Throwable e) {
            AgentBridge.failed(FAILED, e);
        }
    }

    /** What advice on {@code close} calls. */
    public static void closing(Object socket) {
        Sockets known = sockets;
        if (known == null) return;
        try {
            known.closing((Socket) socket);
        } catch (Throwable e) {
            AgentBridge.failed(FAILED, e);
        }
    }

    /** What advice on {@code shutdownOutput} calls. */
    public static void shuttingOutput(Object socket) {
        Sockets known = sockets;
        if (known == null) return;
        try {
            known.shuttingOutput((Socket) socket);
        } catch (Throwable e) {
            AgentBridge.failed(FAILED, e);
        }
    }
}
