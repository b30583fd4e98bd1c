package org.almosttls.jsse;

import java.util.Arrays;
import java.util.Locale;
import java.util.regex.Pattern;
import org.almosttls.config.KeyLimits;

/**
 * The platform's security property {@code jdk.tls.keyLimits}: entries such as {@code AES/GCM/NoPadding KeyUpdate 2^37},
 * of which the last for a cipher holds. As the platform, what cannot be read, or is above 2^37, is passed over.
 */
final class KeyLimitRules {

    private static final String PROPERTY = "jdk.tls.keyLimits";
    private static final Pattern ENTRY = Pattern.compile("(\\S+)\\s+KEYUPDATE\\s+(2\\^)?([0-9]{1,18})");

    private KeyLimitRules() {}

    /** As the property stands now. */
    static KeyLimits current() {
        var value = Asked.security(PROPERTY);
        return value == null ? KeyLimits.USUAL : of(value);
    }

    static KeyLimits of(String entries) {
        return new KeyLimits(limit(entries, "AES/GCM/NOPADDING"), limit(entries, "CHACHA20-POLY1305"));
    }

    private static long limit(String entries, String cipher) {
        return Arrays.stream(entries.toUpperCase(Locale.ROOT).split(","))
                .map(entry -> ENTRY.matcher(entry.trim()))
                .filter(entry -> entry.matches() && entry.group(1).equals(cipher))
                .mapToLong(entry -> octets(entry.group(2), Long.parseLong(entry.group(3))))
                .filter(octets -> octets > 0 && octets <= KeyLimits.MOST)
                .reduce(KeyLimits.MOST, (earlier, later) -> later);
    }

    private static long octets(String power, long number) {
        return power == null ? number : 1L << Math.min(number, Long.SIZE - 2);
    }
}
