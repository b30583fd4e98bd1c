package org.almosttls.interop;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.almosttls.registry.Role;
import org.almosttls.registry.Tls12Suite;

/** What may differ between connections with one other stack, and the values it takes. */
enum Dimension {
    ROLE(names(Role.values())),
    FACE(names(Face.values())),
    VERSION("TLSv1.2", "TLSv1.1"),
    SUITE(Tls12Suite.ALL.stream().map(it -> it.suite().name()).toArray(String[]::new)),
    GROUP(
            "x25519",
            "secp256r1",
            "secp384r1",
            "secp521r1",
            "x448",
            "ffdhe2048",
            "ffdhe3072",
            Dimension.OWN_FIELD,
            Dimension.NO_GROUP),
    CERTIFICATE("RSA", "RSASSA-PSS", "secp256r1", "secp384r1", "Ed25519"),
    RESUMPTION(Dimension.NONE, "id"),
    CLIENT_AUTHENTICATION(Dimension.NONE, "RSA", "EC");

    /** A finite field that is none of RFC 7919's. */
    static final String OWN_FIELD = "field of its own";

    /** Static RSA has none. */
    static final String NO_GROUP = "no group";

    static final String NONE = "none";

    private final List<String> choices;

    Dimension(String... values) {
        this.choices = List.of(values);
    }

    private static String[] names(Enum<?>[] all) {
        return Arrays.stream(all).map(Enum::name).toArray(String[]::new);
    }

    List<String> choices() {
        return choices;
    }

    /** Every combination of the values. */
    static Stream<Combination> combinations() {
        Stream<List<String>> begun = Stream.of(List.of());
        for (var dimension : values())
            begun = begun.flatMap(before -> dimension.choices.stream().map(value -> plus(before, value)));
        return begun.map(Combination::new);
    }

    private static List<String> plus(List<String> before, String value) {
        var all = new ArrayList<>(before);
        all.add(value);
        return all;
    }
}
