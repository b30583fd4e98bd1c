package org.almosttls.registry;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.almosttls.registry.BulkCipher.Mode;

/**
 * What a TLS 1.2 cipher suite stands for (RFC 5246 §A.5, RFC 5288, RFC 5289, RFC 7905), read from its name.
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

    /**
     * Every TLS 1.2 suite implemented here, in the platform's order: forward secrecy before static RSA, AEAD before CBC,
     * ECDHE before DHE, and SHA-1 last.
     */
    public static final List<Tls12Suite> ALL = """
            ECDHE_ECDSA_WITH_AES_256_GCM_SHA384 ECDHE_ECDSA_WITH_AES_128_GCM_SHA256
            ECDHE_ECDSA_WITH_CHACHA20_POLY1305_SHA256
            ECDHE_RSA_WITH_AES_256_GCM_SHA384 ECDHE_RSA_WITH_CHACHA20_POLY1305_SHA256 ECDHE_RSA_WITH_AES_128_GCM_SHA256
            DHE_RSA_WITH_AES_256_GCM_SHA384 DHE_RSA_WITH_CHACHA20_POLY1305_SHA256 DHE_RSA_WITH_AES_128_GCM_SHA256
            ECDHE_ECDSA_WITH_AES_256_CBC_SHA384 ECDHE_RSA_WITH_AES_256_CBC_SHA384
            ECDHE_ECDSA_WITH_AES_128_CBC_SHA256 ECDHE_RSA_WITH_AES_128_CBC_SHA256
            DHE_RSA_WITH_AES_256_CBC_SHA256 DHE_RSA_WITH_AES_128_CBC_SHA256
            ECDHE_ECDSA_WITH_AES_256_CBC_SHA ECDHE_RSA_WITH_AES_256_CBC_SHA
            ECDHE_ECDSA_WITH_AES_128_CBC_SHA ECDHE_RSA_WITH_AES_128_CBC_SHA
            DHE_RSA_WITH_AES_256_CBC_SHA DHE_RSA_WITH_AES_128_CBC_SHA
            RSA_WITH_AES_256_GCM_SHA384 RSA_WITH_AES_128_GCM_SHA256
            RSA_WITH_AES_256_CBC_SHA256 RSA_WITH_AES_128_CBC_SHA256 RSA_WITH_AES_256_CBC_SHA RSA_WITH_AES_128_CBC_SHA
            """.strip()
            .lines()
            .flatMap(line -> List.of(line.split(" ")).stream())
            .map(Tls12Suite::named)
            .toList();

    private static final Map<CipherSuite, Tls12Suite> BY_SUITE =
            ALL.stream().collect(Collectors.toUnmodifiableMap(Tls12Suite::suite, Function.identity()));

    /** {@code KEYEXCHANGE_AUTHENTICATION_WITH_CIPHER_MODE_HASH}; static RSA needs no second word. */
    private static Tls12Suite named(String name) {
        var suite = CipherSuite.named("TLS_" + name).orElseThrow();
        var exchange = name.substring(0, name.indexOf("_WITH_")).split("_");
        var cipher = name.substring(name.indexOf("_WITH_") + 6, name.lastIndexOf('_'));
        var hash = HashAlgorithm.valueOf(name.endsWith("_SHA") ? "SHA1" : name.substring(name.lastIndexOf('_') + 1));
        var bulk = BulkCipher.valueOf(cipher);
        // RFC 5246 §5: the PRF of suites that came before it, whatever their MAC, has SHA-256.
        var prf = hash == HashAlgorithm.SHA1 ? HashAlgorithm.SHA256 : hash;
        return new Tls12Suite(
                suite,
                KeyExchange.valueOf(exchange[0]),
                Authentication.valueOf(exchange[exchange.length - 1]),
                bulk,
                bulk.mode() == Mode.AEAD ? prf : hash,
                prf);
    }

    /** The parameters of {@code suite}, if it is a TLS 1.2 suite implemented here. */
    public static Optional<Tls12Suite> of(CipherSuite suite) {
        return Optional.ofNullable(BY_SUITE.get(suite));
    }

    /** Whether content and MAC are two things, which can be done in either order (RFC 7366). */
    public boolean isCbc() {
        return cipher.mode() == Mode.CBC_HMAC;
    }

    /** The words a trust manager knows this key exchange by, as the platform says them. */
    public String authType() {
        return keyExchange == KeyExchange.RSA ? "RSA" : keyExchange.name() + "_" + authentication.authType();
    }
}
