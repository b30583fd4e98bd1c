package org.almosttls.jsse;

import java.util.Arrays;
import java.util.List;
import org.almosttls.registry.CipherSuite;
import org.almosttls.registry.NamedGroup;
import org.almosttls.registry.ProtocolVersion;
import org.almosttls.registry.Role;
import org.almosttls.registry.SignatureScheme;

/**
 * What a context enables unless its caller says otherwise, fixed when the context is made: all that is supported, less
 * what {@code jdk.tls.disabledAlgorithms}, {@code jdk.tls.namedGroups}, {@code jdk.tls.ephemeralDHKeySize}, and {@code protocols}, {@code cipherSuites} and
 * {@code SignatureSchemes} behind {@code jdk.tls.client.} or {@code jdk.tls.server.} rule out. Suites with static RSA ({@code TLS_RSA_*}) come last, and only where the
 * platform would enable them: newer ones disable them by that first property.
 */
record Preferences(
        Scope scope,
        List<String> clientProtocols,
        List<String> serverProtocols,
        List<String> clientSuites,
        List<String> serverSuites,
        Schemes clientSchemes,
        Schemes serverSchemes,
        Groups groups,
        EphemeralFields fields,
        DisabledAlgorithms disabled) {

    static Preferences current(Scope scope) {
        var disabled = DisabledAlgorithms.current();
        if (scope == Scope.TEXTBOOK) return textbook(disabled);
        return new Preferences(
                scope,
                protocols(scope, "jdk.tls.client.protocols", usual(scope, Role.CLIENT), disabled),
                protocols(scope, "jdk.tls.server.protocols", usual(scope, Role.SERVER), disabled),
                suites("jdk.tls.client.cipherSuites", disabled),
                suites("jdk.tls.server.cipherSuites", disabled),
                Schemes.of(Role.CLIENT, disabled),
                Schemes.of(Role.SERVER, disabled),
                Groups.of(disabled),
                EphemeralFields.current(),
                disabled);
    }

    /** As the platform: the context of a name is of a client's newest version, and a server has no reason to be narrow. */
    private static List<String> usual(Scope scope, Role role) {
        boolean old = scope == Scope.TLS_1_1 || scope == Scope.TLS_1_0;
        if (role == Role.SERVER) return names(old ? Supported.PROTOCOLS : Supported.USUAL);
        return names(
                switch (scope) {
                    case TLS_1_2 -> List.of(ProtocolVersion.TLS_1_2);
                    case TLS_1_1 -> List.of(ProtocolVersion.TLS_1_1);
                    case TLS_1_0 -> List.of();
                    default -> Supported.USUAL;
                });
    }

    /** It negotiates nothing, so there is nothing to prefer; it can be disabled as a whole. */
    private static Preferences textbook(DisabledAlgorithms disabled) {
        var protocols = names(List.of(ProtocolVersion.ALMOST_1)).stream()
                .filter(disabled::permitsProtocol)
                .toList();
        var suites = List.of(CipherSuite.ALMOST_RSA_OAEP_WITH_AES_128_CBC_HMAC_SHA256.name());
        return new Preferences(
                Scope.TEXTBOOK,
                protocols,
                protocols,
                suites,
                suites,
                Schemes.NONE,
                Schemes.NONE,
                Groups.of(disabled),
                EphemeralFields.current(),
                disabled);
    }

    boolean isTextbook() {
        return scope == Scope.TEXTBOOK;
    }

    /** All that can be enabled in this context but for what only its name enables. */
    String[] supportedProtocols() {
        var versions = isTextbook() ? List.of(ProtocolVersion.ALMOST_1) : Supported.PROTOCOLS;
        return names(versions).toArray(new String[0]);
    }

    String[] supportedSuites() {
        return isTextbook()
                ? clientSuites.toArray(new String[0])
                : Supported.SUITES.stream().map(CipherSuite::name).toArray(String[]::new);
    }

    private static List<String> names(List<ProtocolVersion> versions) {
        return versions.stream().map(ProtocolVersion::jsseName).toList();
    }

    List<String> protocols(Role role) {
        return role == Role.CLIENT ? clientProtocols : serverProtocols;
    }

    List<String> cipherSuites(Role role) {
        return role == Role.CLIENT ? clientSuites : serverSuites;
    }

    /** The groups to agree on keys in. */
    List<NamedGroup> groups(Role role) {
        return groups.usual().stream()
                .filter(group -> fields.permits(group, role))
                .toList();
    }

    /** The same, and those that an application may name besides. */
    List<NamedGroup> groupsToName(Role role) {
        return groups.all().stream()
                .filter(group -> fields.permits(group, role))
                .toList();
    }

    /** The schemes to offer for signatures of the handshake. */
    List<SignatureScheme> schemes(Role role) {
        return of(role).inHandshakes();
    }

    /** The schemes that signatures of certificates may have. */
    List<SignatureScheme> certificateSchemes(Role role) {
        return of(role).inCertificates();
    }

    private Schemes of(Role role) {
        return role == Role.CLIENT ? clientSchemes : serverSchemes;
    }

    private static List<String> protocols(
            Scope scope, String property, List<String> usual, DisabledAlgorithms disabled) {
        var wanted = scope == Scope.ANY ? words(property) : List.<String>of();
        for (String name : wanted) {
            if (!Supported.isProtocol(name) || name.equals(ProtocolVersion.ALMOST_1.jsseName()))
                throw new IllegalArgumentException(
                        property + ": " + name + " is not a standard SSL protocol name or has an unsupported version");
        }
        return Supported.PROTOCOLS.stream()
                .map(ProtocolVersion::jsseName)
                .filter((wanted.isEmpty() ? usual : wanted)::contains)
                .filter(disabled::permitsProtocol)
                .toList();
    }

    /** As the platform: what is not known is passed over, and if nothing is left, all is enabled. */
    private static List<String> suites(String property, DisabledAlgorithms disabled) {
        var wanted = Supported.suitesAmong(words(property));
        return (wanted.isEmpty() ? Supported.SUITES : wanted)
                .stream().filter(disabled::permits).map(CipherSuite::name).toList();
    }

    static List<String> words(String property) {
        String value = Asked.property(property, "").replace("\"", "");
        return Arrays.stream(value.split(","))
                .map(String::trim)
                .filter(word -> !word.isEmpty())
                .toList();
    }
}
