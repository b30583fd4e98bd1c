package org.almosttls.jsse;

import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.almosttls.registry.NamedGroup;
import org.almosttls.registry.ProtocolVersion;
import org.almosttls.registry.Role;
import org.almosttls.registry.SignatureScheme;
import org.almosttls.registry.Tls12Suite;

/**
 * What a context enables unless its caller says otherwise, fixed when the context is made: all that is supported, less
 * what {@code jdk.tls.disabledAlgorithms}, {@code jdk.tls.namedGroups}, {@code jdk.tls.client.protocols} and
 * {@code jdk.tls.server.protocols} rule out. Suites with static RSA ({@code TLS_RSA_*}) come last, and only where the
 * platform would enable them: newer ones disable them by that first property.
 */
record Preferences(
        List<String> clientProtocols,
        List<String> serverProtocols,
        List<String> cipherSuites,
        List<NamedGroup> groups,
        DisabledAlgorithms disabled) {

    /** Which protocols a context is about. */
    enum Scope {
        /** All, as the platform's properties narrow them. */
        ANY,
        /** TLS 1.2 and what came before it, whatever the properties say. */
        TLS_1_2
    }

    static Preferences current(Scope scope) {
        var disabled = DisabledAlgorithms.current();
        var suites = Tls12Suite.ALL.stream()
                .filter(disabled::permits)
                .map(each -> each.suite().name())
                .toList();
        return new Preferences(
                protocols(scope, "jdk.tls.client.protocols", disabled),
                protocols(scope, "jdk.tls.server.protocols", disabled),
                suites,
                namedGroups(disabled),
                disabled);
    }

    List<String> protocols(Role role) {
        return role == Role.CLIENT ? clientProtocols : serverProtocols;
    }

    /** The schemes to offer for signatures of the handshake. */
    List<SignatureScheme> schemes() {
        return SignatureNames.PREFERENCE.stream().filter(disabled::permits).toList();
    }

    /** The schemes that signatures of certificates may have. */
    List<SignatureScheme> certificateSchemes() {
        return SignatureNames.PREFERENCE.stream()
                .filter(disabled::permitsInCertificates)
                .toList();
    }

    private static List<String> protocols(Scope scope, String property, DisabledAlgorithms disabled) {
        var permitted =
                Supported.PROTOCOLS.stream().map(ProtocolVersion::jsseName).filter(disabled::permitsProtocol);
        var wanted = scope == Scope.ANY ? words(property) : List.<String>of();
        for (String name : wanted) {
            if (!Supported.isProtocol(name))
                throw new IllegalArgumentException(
                        property + ": " + name + " is not a standard SSL protocol name or has an unsupported version");
        }
        return (wanted.isEmpty() ? permitted : permitted.filter(wanted::contains)).toList();
    }

    private static List<NamedGroup> namedGroups(DisabledAlgorithms disabled) {
        var wanted = words("jdk.tls.namedGroups");
        Stream<NamedGroup> groups = wanted.isEmpty()
                ? Supported.GROUPS.stream()
                : wanted.stream()
                        .flatMap(name -> Supported.GROUPS.stream()
                                .filter(group -> group.name().equalsIgnoreCase(name)));
        return groups.filter(disabled::permits).toList();
    }

    private static List<String> words(String property) {
        String value = System.getProperty(property, "").replace("\"", "");
        return Arrays.stream(value.split(","))
                .map(String::trim)
                .filter(word -> !word.isEmpty())
                .toList();
    }
}
