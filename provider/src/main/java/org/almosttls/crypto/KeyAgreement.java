package org.almosttls.crypto;

import org.almosttls.alert.TlsAlertException;

/** An ephemeral key pair, for one agreement. */
public interface KeyAgreement extends AutoCloseable {

    /** The public key as it goes over the wire: an uncompressed point (RFC 8422 §5.4.1), or 32 octets (RFC 7748). */
    byte[] publicKey();

    /**
     * The shared secret: the x-coordinate with leading zeroes, or the X25519 output.
     *
     * @throws TlsAlertException BAD_PUBLIC_KEY if the key has the wrong length or form, is no point of the curve, or
     *     yields the all-zero X25519 output (RFC 8422 §5.11), PUBLIC_VALUE_OUT_OF_RANGE of a finite field (RFC 7919 §3)
     */
    Secret agree(byte[] peerKey) throws TlsAlertException;

    @Override
    void close();
}
