package org.almosttls.config;

/**
 * RFC 6066 §8: the status of the server's certificate within the handshake.
 *
 * @param asked whether a client asks for it
 * @param source where a server has it from
 */
public record Stapling(boolean asked, StapleSource source) {

    public static final Stapling NONE = new Stapling(false, StapleSource.none());
}
