package org.almosttls.api;

/**
 * RFC 8446 §2.3: data that a client of TLS 1.3 sends with its hello, before the server has answered. Engines and sockets of
 * this provider have it; without a call of these methods there is none.
 *
 * <p>It is worth less than what comes afterwards. No key exchange of this connection protects it: whoever gets the ticket's
 * key later reads it. And somebody on the way can send it again: a server here takes it once, but another server, or another
 * stack, may not be so careful. So it is for requests that change nothing, however often they come.
 */
public interface EarlyData {

    /**
     * For a client, before the handshake: sends this with the hello, in whole or not at all. That takes a session to go on
     * with, whose ticket permits as much, and which began with the same application protocol. Whether the server has taken
     * it is told by {@link #isEarlyDataAccepted} when the handshake is finished. If it has not, nothing is sent again:
     * the application does so if it still wants to.
     *
     * @throws IllegalArgumentException if it is empty
     * @throws IllegalStateException if the handshake has begun
     */
    void sendEarlyData(byte[] data);

    /**
     * For a server, before the handshake: permits so much in the tickets it gives, and takes what comes with such a ticket,
     * if this {@code SSLContext} has given it and it comes for the first time (RFC 8446 §8.1), within seconds of being sent.
     *
     * @param most octets, 1 to 32768
     * @throws IllegalArgumentException if it is none of these
     * @throws IllegalStateException if the handshake has begun
     */
    void acceptEarlyData(int most);

    /**
     * For a server: the early data that has come since this was last asked. It is not among what is read or unwrapped. All
     * of it is here when the handshake is finished, and some before; only then is it known that it comes from who speaks now.
     */
    byte[] receivedEarlyData();

    /** Whether the server has taken early data; false before the handshake is finished. */
    boolean isEarlyDataAccepted();
}
