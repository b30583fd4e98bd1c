package org.almosttls.config;

/**
 * Something that this end could do and may not.
 *
 * @param value by its registry's name, or in words
 * @param rule where it is ruled out, such as {@code jdk.tls.disabledAlgorithms: TLS_RSA_*}
 */
public record Removal(Kind kind, String value, String rule) {

    /** How a rule begins that is a list which the application has set. */
    public static final String OWN_LIST = "the application's ";

    /** Whether the application has simply not listed it. */
    public boolean isUnlisted() {
        return rule.startsWith(OWN_LIST);
    }

    /** What was removed. */
    public enum Kind {
        VERSION,
        CIPHER_SUITE,
        GROUP,
        SIGNATURE_SCHEME,
        /** Finite fields by their size, whatever their name. */
        FIELD_SIZE,
        /** How many certificates may come. */
        CHAIN_LENGTH,
        /** What certificates may be made with. */
        CERTIFICATE
    }
}
