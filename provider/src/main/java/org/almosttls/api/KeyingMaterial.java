package org.almosttls.api;

import javax.crypto.SecretKey;
import javax.net.ssl.SSLKeyException;

/**
 * RFC 5705: keys for the application that both ends can make and nobody else. Engines, sockets and sessions of this
 * provider have it; since Java 25 every {@code ExtendedSSLSession} has the same methods.
 */
public interface KeyingMaterial {

    /**
     * As {@link #exportKeyingMaterialData}, as a key for this algorithm.
     *
     * @throws IllegalArgumentException also if {@code keyAlg} is empty
     */
    SecretKey exportKeyingMaterialKey(String keyAlg, String label, byte[] context, int length) throws SSLKeyException;

    /**
     * @param label in ASCII, and not one that TLS itself uses; should begin with {@code EXPORTER}
     * @param context null if there is none, which is not the same as one of no octets
     * @param length of the result, 1 to 65536 octets
     * @throws SSLKeyException if there is no finished handshake with extended master secret (RFC 7627 §5.4), if the
     *     connection is over, or, asked of a session, if more than one connection has it
     * @throws IllegalArgumentException if a parameter is out of bounds
     */
    byte[] exportKeyingMaterialData(String label, byte[] context, int length) throws SSLKeyException;
}
