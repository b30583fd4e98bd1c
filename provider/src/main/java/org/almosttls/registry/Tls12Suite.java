package org.almosttls.registry;

import static org.almosttls.registry.Authentication.ECDSA;
import static org.almosttls.registry.BulkCipher.AES_128_CBC;
import static org.almosttls.registry.BulkCipher.AES_128_GCM;
import static org.almosttls.registry.BulkCipher.AES_256_GCM;
import static org.almosttls.registry.HashAlgorithm.SHA1;
import static org.almosttls.registry.HashAlgorithm.SHA256;
import static org.almosttls.registry.HashAlgorithm.SHA384;
import static org.almosttls.registry.KeyExchange.ECDHE;
import static org.almosttls.registry.KeyExchange.RSA;

import java.util.List;
import java.util.Optional;

/**
 * What a TLS 1.2 cipher suite stands for (RFC 5246 §A.5, RFC 5289).
 *
 * @param mac the record MAC of a CBC suite; for an AEAD suite, which has none, the PRF's hash
 * @param prf the hash of the PRF in TLS 1.2 (RFC 5246 §5)
 */
public record Tls12Suite(
        CipherSuite suite,
        KeyExchange keyExchange,
        Authentication authentication,
        BulkCipher cipher,
        HashAlgorithm mac,
        HashAlgorithm prf) {

    /** Every TLS 1.2 suite implemented here, strongest first. */
    public static final List<Tls12Suite> ALL = List.of(
            aead(CipherSuite.TLS_ECDHE_ECDSA_WITH_AES_256_GCM_SHA384, ECDSA, AES_256_GCM, SHA384),
            aead(CipherSuite.TLS_ECDHE_ECDSA_WITH_AES_128_GCM_SHA256, ECDSA, AES_128_GCM, SHA256),
            aead(CipherSuite.TLS_ECDHE_RSA_WITH_AES_256_GCM_SHA384, Authentication.RSA, AES_256_GCM, SHA384),
            aead(CipherSuite.TLS_ECDHE_RSA_WITH_AES_128_GCM_SHA256, Authentication.RSA, AES_128_GCM, SHA256),
            cbc(CipherSuite.TLS_RSA_WITH_AES_128_CBC_SHA256, SHA256),
            cbc(CipherSuite.TLS_RSA_WITH_AES_128_CBC_SHA, SHA1));

    private static Tls12Suite aead(CipherSuite suite, Authentication by, BulkCipher cipher, HashAlgorithm prf) {
        return new Tls12Suite(suite, ECDHE, by, cipher, prf, prf);
    }

    private static Tls12Suite cbc(CipherSuite suite, HashAlgorithm mac) {
        return new Tls12Suite(suite, RSA, Authentication.RSA, AES_128_CBC, mac, SHA256);
    }

    /** The parameters of {@code suite}, if it is a TLS 1.2 suite implemented here. */
    public static Optional<Tls12Suite> of(CipherSuite suite) {
        return ALL.stream().filter(each -> each.suite.equals(suite)).findAny();
    }

    /** The words a trust manager knows this key exchange by, as the platform says them. */
    public String authType() {
        return keyExchange == RSA ? "RSA" : keyExchange.name() + "_" + authentication.authType();
    }
}
