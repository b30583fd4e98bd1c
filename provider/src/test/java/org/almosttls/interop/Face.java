package org.almosttls.interop;

import java.io.IOException;
import java.security.GeneralSecurityException;

/** The two ways in which an application uses us. */
enum Face {
    SOCKET,
    ENGINE;

    OurEnd listen(Terms own, SessionLines lines) throws IOException, GeneralSecurityException {
        var context = Ours.context(own, lines);
        return this == SOCKET ? OurSocket.listen(context, own) : OurEngine.listen(context, own);
    }

    OurEnd call(Terms own, int port, SessionLines lines) throws IOException, GeneralSecurityException {
        var context = Ours.context(own, lines);
        return this == SOCKET ? OurSocket.call(context, own, port) : OurEngine.call(context, own, port);
    }
}
