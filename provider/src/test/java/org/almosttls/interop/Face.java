package org.almosttls.interop;

import java.io.Closeable;
import java.io.IOException;
import java.net.ServerSocket;
import java.security.GeneralSecurityException;
import java.util.Optional;
import javax.net.ssl.SSLContext;

/** The two ways in which an application uses us. */
enum Face {
    SOCKET,
    ENGINE;

    private static final int ANY_PORT = 0;

    /** One that comes back may do so before the connection that it had is over for us. */
    private static final int BACKLOG = 2;

    OurEnd listen(Terms own, SessionLines lines) throws IOException, GeneralSecurityException {
        return listen(Ours.context(own, lines), own);
    }

    OurEnd listen(SSLContext context, Terms own) throws IOException {
        var listening = open(context);
        return accept(listening, context, own, listening);
    }

    /** Where clients come to. */
    ServerSocket open(SSLContext context) throws IOException {
        var listening = this == SOCKET
                ? context.getServerSocketFactory().createServerSocket(ANY_PORT, BACKLOG, Ours.LOOPBACK)
                : new ServerSocket(ANY_PORT, BACKLOG, Ours.LOOPBACK);
        listening.setSoTimeout(Ours.PATIENCE_MILLIS);
        return listening;
    }

    /** The next that comes there; {@code inTheEnd} is closed with it. */
    OurEnd accept(ServerSocket listening, SSLContext context, Terms own, Closeable inTheEnd) {
        return this == SOCKET
                ? new OurSocket(own, Optional.of(listening), inTheEnd)
                : OurEngine.accept(context, own, listening, inTheEnd);
    }

    OurEnd call(Terms own, int port, SessionLines lines) throws IOException, GeneralSecurityException {
        return call(Ours.context(own, lines), own, port);
    }

    OurEnd call(SSLContext context, Terms own, int port) throws IOException {
        return this == SOCKET ? OurSocket.call(context, own, port) : OurEngine.call(context, own, port);
    }
}
