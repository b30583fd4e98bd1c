package org.almosttls.interop;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.function.Function;
import java.util.stream.Stream;
import org.almosttls.registry.Role;
import org.almosttls.registry.Tls12Suite;
import org.almosttls.testkit.KeyKind;

/** What may differ between connections with one other stack, and the values it takes. */
enum Dimension {
    ROLE(names(Role.values())),
    FACE(names(Face.values())),
    /** A version that is added here is tried with all that goes with it below. */
    VERSION("TLSv1.3", "TLSv1.2", "TLSv1.1"),
    KEY_EXCHANGE(of(Dimension::keyExchange), Dimension.BY_GROUP),
    /** With key exchange, a suite. */
    CIPHER(of(Dimension::cipher)),
    GROUP(
            "x25519 secp256r1 secp384r1 secp521r1 x448 ffdhe2048 ffdhe3072 ffdhe4096 ffdhe6144 ffdhe8192".split(" "),
            "X25519MLKEM768",
            "SecP256r1MLKEM768",
            "SecP384r1MLKEM1024",
            Dimension.OWN_FIELD,
            Dimension.NO_GROUP),
    CERTIFICATE(names(KeyKind.values())),
    RESUMPTION(names(Resumption.values())),
    CLIENT_AUTHENTICATION(Dimension.NONE, "want", "need"),
    CLIENT_CERTIFICATE(names(KeyKind.values()), Dimension.NONE);

    /** RFC 8446 §4.1.1: suites of TLS 1.3 leave it to groups and signature schemes. */
    static final String BY_GROUP = "by group";

    /** A finite field that is none of RFC 7919's. */
    static final String OWN_FIELD = "field of its own";

    /** Static RSA has none. */
    static final String NO_GROUP = "no group";

    static final String NONE = "none";

    private final List<String> choices;

    Dimension(String... values) {
        this.choices = List.of(values);
    }

    Dimension(String[] values, String... more) {
        this.choices = Stream.concat(Arrays.stream(values), Arrays.stream(more)).toList();
    }

    private static String[] names(Object[] all) {
        return Arrays.stream(all).map(Object::toString).toArray(String[]::new);
    }

    private static String[] of(Function<Tls12Suite, String> part) {
        return Tls12Suite.ALL.stream().map(part).distinct().toArray(String[]::new);
    }

    /** TLS_ECDHE_RSA_WITH_AES_128_GCM_SHA256 as its first half. */
    private static String keyExchange(Tls12Suite suite) {
        return suite.suite().name().replaceAll("TLS_|_WITH_.*", "");
    }

    private static String cipher(Tls12Suite suite) {
        return suite.suite().name().replaceAll(".*_WITH_", "");
    }

    List<String> choices() {
        return choices;
    }

    String word() {
        return name().toLowerCase(Locale.ROOT).replace('_', ' ');
    }

    /** Every combination of the values that makes sense. */
    static List<Combination> combinations() {
        List<List<String>> begun = List.of(List.of());
        for (var dimension : values()) {
            begun = begun.stream()
                    .flatMap(before -> dimension.choices.stream()
                            .filter(value -> Sense.isIn(before, value))
                            .map(value -> plus(before, value)))
                    .toList();
        }
        return begun.stream().map(Combination::new).toList();
    }

    private static List<String> plus(List<String> before, String value) {
        var all = new ArrayList<>(before);
        all.add(value);
        return all;
    }
}
