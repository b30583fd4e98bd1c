package org.almosttls.registry;

import java.util.List;
import java.util.Optional;

/**
 * What a TLS 1.3 cipher suite stands for (RFC 8446 §B.4): how records are protected, and the hash of everything else.
 * Key exchange and authentication are agreed on apart from it.
 */
public record Tls13Suite(CipherSuite suite, BulkCipher cipher, HashAlgorithm hash) {

    /** RFC 8446 §5.3: octets of a record's nonce, all of which are derived. */
    public static final int IV_LENGTH = 12;

    /** Every TLS 1.3 suite implemented here, in the platform's order. */
    public static final List<Tls13Suite> ALL = List.of(
            new Tls13Suite(CipherSuite.TLS_AES_256_GCM_SHA384, BulkCipher.AES_256_GCM, HashAlgorithm.SHA384),
            new Tls13Suite(CipherSuite.TLS_AES_128_GCM_SHA256, BulkCipher.AES_128_GCM, HashAlgorithm.SHA256),
            new Tls13Suite(
                    CipherSuite.TLS_CHACHA20_POLY1305_SHA256, BulkCipher.CHACHA20_POLY1305, HashAlgorithm.SHA256));

    /** The parameters of {@code suite}, if it is a TLS 1.3 suite implemented here. */
    public static Optional<Tls13Suite> of(CipherSuite suite) {
        return ALL.stream().filter(each -> each.suite.equals(suite)).findAny();
    }
}
