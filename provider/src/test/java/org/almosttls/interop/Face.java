package org.almosttls.interop;

import java.io.IOException;
import java.security.GeneralSecurityException;
import javax.net.ssl.SSLContext;

/** The two ways in which an application uses us. */
enum Face {
    SOCKET,
    ENGINE;

    /** Whichever is free. */
    static final int ANY_PORT = 0;

    OurEnd listen(Terms own, SessionLines lines) throws IOException, GeneralSecurityException {
        return listen(Ours.context(own, lines), own, ANY_PORT);
    }

    OurEnd listen(SSLContext context, Terms own, int port) throws IOException {
        return this == SOCKET ? OurSocket.listen(context, own, port) : OurEngine.listen(context, own, port);
    }

    OurEnd call(Terms own, int port, SessionLines lines) throws IOException, GeneralSecurityException {
        return call(Ours.context(own, lines), own, port);
    }

    OurEnd call(SSLContext context, Terms own, int port) throws IOException {
        return this == SOCKET ? OurSocket.call(context, own, port) : OurEngine.call(context, own, port);
    }
}
