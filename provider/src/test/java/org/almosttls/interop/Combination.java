package org.almosttls.interop;

import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Stream;
import org.almosttls.config.ClientAuthentication;
import org.almosttls.registry.Role;
import org.almosttls.testkit.KeyKind;
import org.almosttls.testkit.TestIdentity;

/** A value of each {@link Dimension}, in their order. */
record Combination(List<String> values) {

    String of(Dimension dimension) {
        return values.get(dimension.ordinal());
    }

    boolean has(Dimension dimension, String... any) {
        return List.of(any).contains(of(dimension));
    }

    Role role() {
        return Role.valueOf(of(Dimension.ROLE));
    }

    Face face() {
        return Face.valueOf(of(Dimension.FACE));
    }

    Resumption resumption() {
        return Resumption.valueOf(of(Dimension.RESUMPTION).toUpperCase(Locale.ROOT));
    }

    String suite() {
        String exchange = of(Dimension.KEY_EXCHANGE);
        return "TLS_" + (exchange.equals(Dimension.BY_GROUP) ? "" : exchange + "_WITH_") + of(Dimension.CIPHER);
    }

    Terms client() {
        var terms =
                both(Terms.client(), role() == Role.CLIENT).trusting(identity().anchor());
        return clientIdentity().map(terms::as).orElse(terms);
    }

    Terms server() {
        var asked = of(Dimension.CLIENT_AUTHENTICATION).toUpperCase(Locale.ROOT);
        var terms = both(Terms.server(identity()), role() == Role.SERVER).asking(ClientAuthentication.valueOf(asked));
        return clientIdentity().map(it -> terms.trusting(it.anchor())).orElse(terms);
    }

    private Terms both(Terms terms, boolean ours) {
        return terms.only(of(Dimension.VERSION))
                .suites(suite())
                .groups(ours && isOfOurs() ? List.of(group()) : groups());
    }

    /** Whether what one end says decides the group, whatever the other says besides. */
    private boolean isOfOurs() {
        return has(Dimension.KEY_EXCHANGE, Dimension.BY_GROUP);
    }

    private TestIdentity identity() {
        return KeyKind.named(of(Dimension.CERTIFICATE)).orElseThrow().server();
    }

    private Optional<TestIdentity> clientIdentity() {
        return KeyKind.named(of(Dimension.CLIENT_CERTIFICATE)).map(KeyKind::client);
    }

    /**
     * RFC 8422 §5.1.1: before TLS 1.3 the curves of the certificates and of their CA must be among them; some think so
     * with TLS 1.3 as well.
     */
    private List<String> groups() {
        if (group().isEmpty()) return List.of();
        var kinds = List.of(of(Dimension.CERTIFICATE), of(Dimension.CLIENT_CERTIFICATE));
        boolean ofEcCa = kinds.stream().anyMatch(it -> it.startsWith("sec") || it.startsWith("Ed"));
        return Stream.concat(
                        Stream.concat(Stream.of(group()), kinds.stream()),
                        ofEcCa ? Stream.of("secp256r1") : Stream.of())
                .filter(it -> Dimension.GROUP.choices().contains(it))
                .distinct()
                .toList();
    }

    /** As our session log has it; a field that has no name cannot be told by it. */
    String group() {
        return has(Dimension.GROUP, Dimension.NO_GROUP, Dimension.OWN_FIELD) ? "" : of(Dimension.GROUP);
    }

    /** How the names of the schemes begin that the server may sign with; empty if it signs nothing. */
    String scheme() {
        if (has(Dimension.KEY_EXCHANGE, "RSA")) return "";
        String kind = of(Dimension.CERTIFICATE);
        if (kind.equals("RSASSA-PSS")) return "rsa_pss_pss_";
        return kind.startsWith("sec") ? "ecdsa_" : kind.toLowerCase(Locale.ROOT);
    }

    @Override
    public String toString() {
        return String.join(" ", values);
    }
}
