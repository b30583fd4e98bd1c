package org.almosttls.interop;

import static org.almosttls.interop.Dimension.BY_GROUP;
import static org.almosttls.interop.Dimension.CERTIFICATE;
import static org.almosttls.interop.Dimension.CIPHER;
import static org.almosttls.interop.Dimension.CLIENT_AUTHENTICATION;
import static org.almosttls.interop.Dimension.CLIENT_CERTIFICATE;
import static org.almosttls.interop.Dimension.GROUP;
import static org.almosttls.interop.Dimension.KEY_EXCHANGE;
import static org.almosttls.interop.Dimension.NONE;
import static org.almosttls.interop.Dimension.NO_GROUP;
import static org.almosttls.interop.Dimension.OWN_FIELD;
import static org.almosttls.interop.Dimension.RESUMPTION;
import static org.almosttls.interop.Dimension.VERSION;

import java.util.List;
import java.util.Set;
import java.util.function.BiPredicate;
import org.almosttls.registry.CipherSuite;
import org.almosttls.registry.Tls12Suite;

/**
 * Which values of two dimensions can come together at all, whatever the stack.
 *
 * @param one comes before the other
 */
record Sense(Dimension one, Dimension other, BiPredicate<String, String> isThere) {

    private static final String OLD = "TLSv1.1";
    private static final String NEW = "TLSv1.3";

    /** RFC 8446 §B.4, those of them that the platform has. */
    private static final Set<String> NEW_CIPHERS =
            Set.of("AES_256_GCM_SHA384", "AES_128_GCM_SHA256", "CHACHA20_POLY1305_SHA256");

    private static final List<Sense> ALL = List.of(
            new Sense(VERSION, KEY_EXCHANGE, (version, exchange) -> version.equals(NEW) == exchange.equals(BY_GROUP)),
            new Sense(VERSION, CIPHER, Sense::versionHas),
            new Sense(KEY_EXCHANGE, CIPHER, Sense::isSuite),
            new Sense(VERSION, GROUP, (version, group) -> !isHybrid(group) || version.equals(NEW)),
            new Sense(KEY_EXCHANGE, GROUP, Sense::fits),
            new Sense(KEY_EXCHANGE, CERTIFICATE, Sense::serves),
            new Sense(VERSION, CERTIFICATE, Sense::versionTakes),
            new Sense(VERSION, CLIENT_CERTIFICATE, Sense::versionTakes),
            new Sense(
                    VERSION,
                    RESUMPTION,
                    (version, how) -> how.equals(NONE) || version.equals(NEW) == how.equals(Resumption.PSK.toString())),
            new Sense(CLIENT_AUTHENTICATION, CLIENT_CERTIFICATE, Sense::isShown));

    /** Whether the value of the next dimension makes sense with those of all before. */
    static boolean isIn(List<String> before, String value) {
        var next = Dimension.values()[before.size()];
        return ALL.stream()
                .filter(each -> each.other == next)
                .allMatch(each -> each.isThere.test(before.get(each.one.ordinal()), value));
    }

    /** RFC 4346 §A.5 has neither AEAD nor other hashes. */
    private static boolean versionHas(String version, String cipher) {
        if (version.equals(NEW)) return NEW_CIPHERS.contains(cipher);
        return !version.equals(OLD) || cipher.endsWith("_CBC_SHA");
    }

    private static boolean isSuite(String exchange, String cipher) {
        if (exchange.equals(BY_GROUP)) return NEW_CIPHERS.contains(cipher);
        return CipherSuite.named("TLS_" + exchange + "_WITH_" + cipher)
                .flatMap(Tls12Suite::of)
                .isPresent();
    }

    static boolean isField(String group) {
        return group.startsWith("ffdhe") || group.equals(OWN_FIELD);
    }

    /**
     * RFC 8446 §7.4.1: in TLS 1.3 what is agreed on in a field has zeroes in front; the platform's takes them away, so that
     * its handshakes fail once in 256 times with whoever does not.
     */
    static boolean isOfChance(Combination combination) {
        return combination.has(VERSION, NEW) && isField(combination.of(GROUP));
    }

    static boolean isHybrid(String group) {
        return group.contains("MLKEM");
    }

    /** RFC 5246 §7.4.3: each key exchange has its own kind of group. */
    private static boolean fits(String exchange, String group) {
        return switch (exchange) {
            case BY_GROUP -> !group.equals(OWN_FIELD) && !group.equals(NO_GROUP);
            case "RSA" -> group.equals(NO_GROUP);
            case "DHE_RSA" -> isField(group);
            default -> !isField(group) && !group.equals(NO_GROUP);
        };
    }

    /** RFC 5246 §7.4.2: a key that signs as the suite says; static RSA decrypts, which a key for PSS may not. */
    private static boolean serves(String exchange, String certificate) {
        return switch (exchange) {
            case BY_GROUP -> true;
            case "RSA" -> certificate.equals("RSA");
            case "ECDHE_ECDSA" -> !certificate.startsWith("RSA");
            default -> certificate.startsWith("RSA");
        };
    }

    /** RFC 8422 §5.10: what came later than ECDSA needs TLS 1.2. */
    private static boolean versionTakes(String version, String certificate) {
        return !version.equals(OLD) || !certificate.equals("RSASSA-PSS") && !certificate.startsWith("Ed");
    }

    private static boolean isShown(String asked, String certificate) {
        return switch (asked) {
            case "want" -> true;
            case "need" -> !certificate.equals(NONE);
            default -> certificate.equals(NONE);
        };
    }
}
