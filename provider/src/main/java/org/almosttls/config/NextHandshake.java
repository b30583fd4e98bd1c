package org.almosttls.config;

import org.almosttls.alert.TlsAlertException;

/** What a handshake that follows another on the same connection (RFC 5746, RFC 8446 §4.6.2) is to be like. */
public interface NextHandshake {

    /** Whether the peer may be the one who wants it. */
    boolean heedsPeer();

    /** Whether a server would like to see its client's certificate, as its caller wants it by now. */
    ClientAuthentication asks();

    /** Asked when it begins: its caller may want something else by then. */
    TlsConfig config() throws TlsAlertException;

    /** RFC 8446 §4.6.2: the same where only the client is still to say who it is. */
    default TlsConfig late() throws TlsAlertException {
        return config();
    }

    /** The same again, whoever wants it. */
    static NextHandshake like(TlsConfig config) {
        return new NextHandshake() {
            @Override
            public boolean heedsPeer() {
                return true;
            }

            @Override
            public ClientAuthentication asks() {
                return config.clientAuthentication();
            }

            @Override
            public TlsConfig config() {
                return config;
            }
        };
    }
}
