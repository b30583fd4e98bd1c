package org.almosttls.keyschedule;

import org.almosttls.crypto.CryptoBackend;
import org.almosttls.crypto.Secret;
import org.almosttls.registry.HashAlgorithm;

/** What a listener has been told, for whoever wants to speak under it. */
public final class KnownTrafficSecret {

    private KnownTrafficSecret() {}

    public static TrafficSecret of(CryptoBackend crypto, HashAlgorithm hash, Secret told) {
        return new TrafficSecret(new Hkdf(crypto, hash), told.slice(0, told.length()));
    }
}
