package org.almosttls.crypto;

import java.security.GeneralSecurityException;
import org.almosttls.alert.TlsAlertException;

/** A key encapsulation mechanism: one end has a key pair, the other makes a ciphertext for it that a secret is in. */
public interface Kem {

    /** A fresh key pair: its public key is the encapsulation key, and it agrees by decapsulating a ciphertext. */
    KeyAgreement keyPair(Randomness randomness) throws GeneralSecurityException;

    /**
     * A ciphertext for the owner of the key, and the secret in it.
     *
     * @throws TlsAlertException BAD_PUBLIC_KEY if the key fails the checks of FIPS 203 §7.2
     */
    Encapsulated encapsulate(byte[] encapsulationKey, Randomness randomness)
            throws GeneralSecurityException, TlsAlertException;
}
