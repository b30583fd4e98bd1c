package org.almosttls.jsse;

import java.security.Security;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.almosttls.registry.BulkCipher;
import org.almosttls.registry.HashAlgorithm;
import org.almosttls.registry.KeyExchange;
import org.almosttls.registry.NamedGroup;
import org.almosttls.registry.SignatureScheme;
import org.almosttls.registry.Tls12Suite;

/**
 * The platform's security property {@code jdk.tls.disabledAlgorithms}: what is not to be used although it is there.
 * Understands names of protocols, suites (with {@code *} in newer platforms), groups, schemes and their parts,
 * {@code EC keySize}, {@code DH keySize}, {@code usage HandshakeSignature}, and {@code include} of another property. Sizes of keys in
 * certificates are the trust manager's to judge.
 */
final class DisabledAlgorithms {

    private static final String PROPERTY = "jdk.tls.disabledAlgorithms";
    private static final Pattern SIZE = Pattern.compile("(EC|DH|DIFFIEHELLMAN) KEYSIZE (<|<=|==|!=|>|>=) (\\d{1,6})");
    private static final List<String> FIELD_NAMES = List.of("DH", "DIFFIEHELLMAN");
    private static final int LEAST_FIELD_BITS = 1024;
    private static final String HANDSHAKE_ONLY = " USAGE HANDSHAKESIGNATURE";

    private final Set<String> names = new HashSet<>();
    private final Set<String> handshakeNames = new HashSet<>();
    private final List<Pattern> patterns = new ArrayList<>();
    private final List<Matcher> sizes = new ArrayList<>();

    private DisabledAlgorithms() {}

    /** As the property stands now. */
    static DisabledAlgorithms current() {
        var disabled = new DisabledAlgorithms();
        for (String entry : entriesOf(PROPERTY)) {
            if (entry.regionMatches(true, 0, "include ", 0, 8))
                entriesOf(entry.substring(8).trim()).forEach(disabled::add);
            else disabled.add(entry);
        }
        return disabled;
    }

    private static List<String> entriesOf(String property) {
        String value = Security.getProperty(property);
        return value == null
                ? List.of()
                : List.of(value.replace("\"", "").trim().split("\\s*,\\s*"));
    }

    private void add(String entry) {
        String word = entry.toUpperCase(Locale.ROOT).replaceAll("\\s+", " ");
        var size = SIZE.matcher(word);
        if (size.matches()) sizes.add(size);
        else if (word.endsWith(HANDSHAKE_ONLY))
            handshakeNames.add(word.substring(0, word.length() - HANDSHAKE_ONLY.length()));
        else if (word.contains("*")) patterns.add(Pattern.compile(word.replace("*", ".*")));
        else if (word.indexOf(' ') < 0) names.add(word);
    }

    boolean permitsProtocol(String name) {
        return !has(name);
    }

    boolean permits(Tls12Suite suite) {
        String name = suite.suite().name();
        return !has(name)
                && patterns.stream().noneMatch(pattern -> pattern.matcher(name).matches())
                && partsOf(suite).stream().noneMatch(this::has)
                && (suite.keyExchange() != KeyExchange.DHE
                        || NamedGroup.FINITE_FIELDS.stream().anyMatch(this::permits));
    }

    boolean permits(NamedGroup group) {
        if (has(group.name()) || isMontgomery(group) && has("XDH")) return false;
        return group.isFiniteField()
                ? permits(FIELD_NAMES, fieldSize(group))
                : permits(List.of("EC"), curveSize(group));
    }

    /** The shortest prime for Diffie-Hellman, of 1024 bits at the least (Logjam). */
    int leastFieldBits() {
        return sizes.stream()
                .filter(limit -> FIELD_NAMES.contains(limit.group(1)))
                .mapToInt(limit -> switch (limit.group(2)) {
                    case "<" -> Integer.parseInt(limit.group(3));
                    case "<=" -> Integer.parseInt(limit.group(3)) + 1;
                    default -> 0;
                })
                .reduce(LEAST_FIELD_BITS, Math::max);
    }

    /** Whether keys of this size may be used; 0 for one that has its size in its name. */
    private boolean permits(List<String> names, int size) {
        return size == 0
                || names.stream().noneMatch(this::has)
                        && sizes.stream()
                                .filter(limit -> names.contains(limit.group(1)))
                                .noneMatch(limit -> disables(limit, size));
    }

    private static boolean isMontgomery(NamedGroup group) {
        return group.equals(NamedGroup.X25519) || group.equals(NamedGroup.X448);
    }

    /** RFC 7919 §A names each by its bits. */
    private static int fieldSize(NamedGroup group) {
        return Integer.parseInt(group.name().replaceAll("\\D", ""));
    }

    /** Whether a signature of the handshake itself may use this scheme. */
    boolean permits(SignatureScheme scheme) {
        String name = scheme.name().toUpperCase(Locale.ROOT);
        return permitsInCertificates(scheme) && !handshakeNames.contains(name);
    }

    boolean permitsInCertificates(SignatureScheme scheme) {
        return !has(scheme.name()) && !has(SignatureNames.of(scheme));
    }

    private boolean has(String name) {
        return names.contains(name.toUpperCase(Locale.ROOT));
    }

    /** The names by which the platform knows the parts of a suite; its PRF's hash is one of them. */
    private static List<String> partsOf(Tls12Suite suite) {
        var parts = new ArrayList<String>();
        parts.add(suite.keyExchange().name());
        parts.add(suite.authentication().name());
        if (suite.keyExchange() != KeyExchange.RSA) parts.add(suite.keyExchange() + "_" + suite.authentication());
        if (suite.keyExchange() == KeyExchange.DHE) parts.addAll(FIELD_NAMES);
        parts.add(suite.cipher().name());
        if (suite.cipher() == BulkCipher.CHACHA20_POLY1305) parts.add("ChaCha20-Poly1305");
        else parts.addAll(List.of("AES", suite.isCbc() ? "CBC" : "GCM"));
        if (suite.isCbc()) parts.addAll(namesOf(suite.mac()));
        parts.addAll(namesOf(suite.prf()));
        return parts;
    }

    private static List<String> namesOf(HashAlgorithm hash) {
        return List.of(hash.name(), hash.jcaName(), "Hmac" + hash.name());
    }

    private static int curveSize(NamedGroup group) {
        if (group.equals(NamedGroup.SECP256R1)) return 256;
        if (group.equals(NamedGroup.SECP384R1)) return 384;
        return group.equals(NamedGroup.SECP521R1) ? 521 : 0;
    }

    private static boolean disables(Matcher limit, int size) {
        int bound = Integer.parseInt(limit.group(3));
        return switch (limit.group(2)) {
            case "<" -> size < bound;
            case "<=" -> size <= bound;
            case "==" -> size == bound;
            case "!=" -> size != bound;
            case ">" -> size > bound;
            default -> size >= bound;
        };
    }
}
