package org.almosttls.interop;

import java.util.List;
import java.util.stream.Stream;
import org.almosttls.config.ClientAuthentication;
import org.almosttls.registry.Role;
import org.almosttls.testkit.TestCertificates;
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

    String suite() {
        return of(Dimension.SUITE);
    }

    /** How many connections it takes. */
    int connections() {
        return has(Dimension.RESUMPTION, Dimension.NONE) ? 1 : 2;
    }

    Terms client() {
        var terms = Terms.client().only(of(Dimension.VERSION)).suites(suite()).groups(groups());
        return switch (of(Dimension.CLIENT_AUTHENTICATION)) {
            case "RSA" -> terms.as(TestCertificates.rsaClient());
            case "EC" -> terms.as(TestCertificates.ecClient());
            default -> terms;
        };
    }

    Terms server() {
        boolean asks = !has(Dimension.CLIENT_AUTHENTICATION, Dimension.NONE);
        return Terms.server(identity())
                .only(of(Dimension.VERSION))
                .suites(suite())
                .groups(groups())
                .asking(asks ? ClientAuthentication.NEED : ClientAuthentication.NONE);
    }

    private TestIdentity identity() {
        return switch (of(Dimension.CERTIFICATE)) {
            case "RSA" -> TestCertificates.rsaServer();
            case "RSASSA-PSS" -> TestCertificates.rsaPssServer();
            case "secp256r1" -> TestCertificates.ecServer();
            case "secp384r1" -> TestCertificates.ecP384Server();
            default -> TestCertificates.ed25519Server();
        };
    }

    /** RFC 8422 §5.1.1: the curves of the certificates and of their CA must be among them. */
    private List<String> groups() {
        if (has(Dimension.GROUP, Dimension.NO_GROUP, Dimension.OWN_FIELD)) return List.of();
        return Stream.of(of(Dimension.GROUP), of(Dimension.CERTIFICATE), "secp256r1")
                .filter(it -> Dimension.GROUP.choices().contains(it))
                .distinct()
                .toList();
    }

    /** As our session log has it; a field that has no name cannot be told by it. */
    String group() {
        return has(Dimension.GROUP, Dimension.NO_GROUP, Dimension.OWN_FIELD) ? "" : of(Dimension.GROUP);
    }

    @Override
    public String toString() {
        return String.join(" ", values);
    }
}
