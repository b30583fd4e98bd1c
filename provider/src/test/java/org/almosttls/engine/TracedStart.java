package org.almosttls.engine;

import org.almosttls.alert.TlsAlertException;
import org.almosttls.handshake.Transition;
import org.almosttls.testkit.End;

/** Connections that begin otherwise than they would by themselves. */
public final class TracedStart {

    private TracedStart() {}

    /** In place of what the end would say first, and does not. */
    public static void begin(End end, Transition otherwise) throws TlsAlertException {
        end.flush();
        runner(end.connection()).perform(otherwise);
    }

    private static HandshakeRunner runner(TlsConnection connection) {
        try {
            var field = TlsConnection.class.getDeclaredField("handshake");
            field.setAccessible(true);
            return (HandshakeRunner) field.get(connection);
        } catch (ReflectiveOperationException e) {
            throw new IllegalStateException(e);
        }
    }
}
