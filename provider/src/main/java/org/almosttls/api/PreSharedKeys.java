package org.almosttls.api;

import java.util.Optional;
import java.util.function.Function;
import javax.crypto.SecretKey;

/**
 * RFC 8446 §2.2: keys that both ends were given by other means, which authenticate them in TLS 1.3 in place of
 * certificates. Engines and sockets of this provider have it. A fresh key exchange goes with each of them (psk_dhe_ke), so
 * that who learns a key later reads nothing of before.
 */
public interface PreSharedKeys {

    /**
     * For a client, before the handshake: offers this key, behind those that were offered before. A server that does not
     * know it may show a certificate instead, which is judged as ever; whether it did is told by
     * {@link #preSharedKeyIdentity}. The key is asked for its octets when the handshake begins.
     *
     * @param identity by which the server knows it, 1 to 65535 octets, which anybody on the way can read
     * @param key of 16 octets at least, as hard to guess as so many random ones (RFC 9257 §6): no password
     * @param hash the one this key is for at both ends: {@code SHA-256}, which goes without saying elsewhere, or {@code SHA-384}
     * @throws IllegalArgumentException if one of them is none of that
     * @throws IllegalStateException if the handshake has begun
     */
    void offerPreSharedKey(byte[] identity, SecretKey key, String hash);

    /**
     * For a server, before the handshake: has the keys of clients looked up by identity. A client that has such a key is
     * not asked for a certificate. One whose identity is not known is shown the server's certificate, if it has any;
     * otherwise it is told the same as one whose key is wrong. A lookup whose time depends on the identity tells more.
     *
     * @param hash the one that all these keys are for; another lookup may be set for the other
     * @param keyOf may be slow; the identities are whatever clients send
     * @throws IllegalArgumentException if there is no such hash here
     * @throws IllegalStateException if the handshake has begun
     */
    void acceptPreSharedKeys(String hash, Function<byte[], Optional<SecretKey>> keyOf);

    /** Of the key that has authenticated both ends; empty before the handshake is finished, and if it was none of these. */
    Optional<byte[]> preSharedKeyIdentity();
}
