package org.almosttls.api;

import java.io.IOException;

/**
 * RFC 8446 §4.6.2: amid a connection of TLS 1.3 a server asks its client for a certificate. Engines and sockets of this
 * provider have it; the client must have said that it can be asked, as those of this provider do only if they are told to
 * ({@code -Dalmosttls.post_handshake_auth=true}).
 */
public interface PostHandshakeAuthentication {

    /**
     * Whether the client can be asked now: this is the server, the handshake is finished, both ends go on sending, the
     * client has offered it, HTTP/2 is not what they speak (RFC 8740), and no answer is due.
     */
    boolean mayRequestClientCertificate();

    /**
     * Asks the client, unless it owes an answer already. A socket sends the request at once, an engine with its next
     * {@code wrap}; the answer is seen when this end reads, and data goes on to flow until then. When it has come, it is
     * as after a handshake: an engine's result says {@code FINISHED}, a socket's listeners are told, and
     * {@code getSession} is another session, which has the client's certificates. A client that shows none leaves them
     * as they were, or, where {@code getNeedClientAuth} is true, ends the connection, as does a bad certificate.
     *
     * @return whether the client owes an answer now; false where it cannot be asked
     * @throws IOException if the connection has failed
     */
    boolean requestClientCertificate() throws IOException;

    /** Whether the client was asked and has not answered yet. */
    boolean isClientCertificateDue();
}
