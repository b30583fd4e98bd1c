package org.almosttls.jsse;

import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.almosttls.registry.CipherSuite;
import org.almosttls.registry.NamedGroup;
import org.almosttls.registry.ProtocolVersion;
import org.almosttls.registry.Tls12Suite;
import org.almosttls.registry.Tls13Suite;

/** What there is to enable, by the names that callers use. */
final class Supported {

    static final List<ProtocolVersion> PROTOCOLS =
            List.of(ProtocolVersion.TLS_1_3, ProtocolVersion.TLS_1_2, ProtocolVersion.TLS_1_1);

    /** What is enabled if nobody says anything: RFC 8996 §5 has nobody speak TLS 1.1 who need not. */
    static final List<ProtocolVersion> USUAL = List.of(ProtocolVersion.TLS_1_3, ProtocolVersion.TLS_1_2);

    /** Those, and the textbook protocol, which nobody enables but by its name. */
    private static final List<ProtocolVersion> SPOKEN = Stream.concat(
                    PROTOCOLS.stream(), Stream.of(ProtocolVersion.ALMOST_1))
            .toList();

    /** The platform's, in its order: those of TLS 1.3 first. */
    static final List<CipherSuite> SUITES = Stream.concat(
                    Tls13Suite.ALL.stream().map(Tls13Suite::suite),
                    Tls12Suite.ALL.stream().map(Tls12Suite::suite))
            .toList();

    /** The platform's, in its order, behind the one that no quantum computer breaks. */
    static final List<NamedGroup> GROUPS = Stream.concat(
                    Stream.of(
                            NamedGroup.X25519_MLKEM768,
                            NamedGroup.X25519,
                            NamedGroup.SECP256R1,
                            NamedGroup.SECP384R1,
                            NamedGroup.SECP521R1,
                            NamedGroup.X448),
                    NamedGroup.FINITE_FIELDS.stream())
            .toList();

    /** What is offered only where somebody names it. */
    static final List<NamedGroup> GROUPS_ON_REQUEST =
            List.of(NamedGroup.SECP256R1_MLKEM768, NamedGroup.SECP384R1_MLKEM1024);

    /**
     * Protocols of the platform that are not implemented here. Naming one beside others is no mistake: applications
     * that enable a fixed list, made for the platform's provider, must go on with what is left of it.
     */
    private static final List<String> OTHERS = List.of("TLSv1", "SSLv3", "SSLv2Hello", "DTLSv1.0", "DTLSv1.2");

    private Supported() {}

    /** The versions of these names, in our order of preference: the newest first, as the platform has it. */
    static List<ProtocolVersion> protocols(String... names) {
        checkProtocols(names);
        var wanted = List.of(names);
        return SPOKEN.stream()
                .filter(version -> wanted.contains(version.jsseName()))
                .toList();
    }

    /** The suites of these names, in their order. */
    static List<CipherSuite> suites(String... names) {
        checkSuites(names);
        return suitesAmong(Arrays.asList(names));
    }

    /** The same, and whatever is no such name is passed over. */
    static List<CipherSuite> suitesAmong(List<String> names) {
        return names.stream()
                .distinct()
                .flatMap(name -> CipherSuite.named(name).stream())
                .filter(SUITES::contains)
                .toList();
    }

    /** The groups of these names, in their order; whatever is no such name is passed over. */
    static List<NamedGroup> groupsAmong(List<String> names) {
        return names.stream()
                .flatMap(name -> NamedGroup.named(name).stream())
                .filter(group -> GROUPS.contains(group) || GROUPS_ON_REQUEST.contains(group))
                .distinct()
                .toList();
    }

    /** RFC 8446 §B.4: TLS 1.3 and what is before it have no suite in common. */
    static boolean goTogether(ProtocolVersion version, CipherSuite suite) {
        return version.equals(ProtocolVersion.TLS_1_3)
                ? Tls13Suite.of(suite).isPresent()
                : version.isTls() && Tls12Suite.of(suite).isPresent();
    }

    /** Throws unless each is the name of a protocol of the platform or of ours; those not spoken here are ignored. */
    static void checkProtocols(String... names) {
        if (names == null) throw new IllegalArgumentException("Protocols cannot be null");
        for (String name : names) {
            if (name == null || name.isEmpty()) throw new IllegalArgumentException("Protocol cannot be null or empty");
            if (!isProtocol(name)) throw new IllegalArgumentException("Unsupported protocol " + name);
        }
    }

    /** Throws unless every one of these is the name of a suite in the registry; those not spoken here are ignored. */
    static void checkSuites(String... names) {
        if (names == null) throw new IllegalArgumentException("CipherSuites cannot be null");
        for (String name : names) {
            if (name == null || name.isEmpty())
                throw new IllegalArgumentException("CipherSuite cannot be null or empty");
            if (!isSuite(name)) throw new IllegalArgumentException("Unsupported CipherSuite: " + name);
        }
    }

    /** Whether the registry knows this suite, whatever is implemented here; the oldest have two names in Java. */
    private static boolean isSuite(String name) {
        String registered = name.startsWith("SSL_") ? "TLS_" + name.substring(4) : name;
        return CipherSuite.named(registered).isPresent();
    }

    /** Whether the platform knows this protocol, whatever is implemented here, or it is the textbook's. */
    static boolean isProtocol(String name) {
        return OTHERS.contains(name)
                || SPOKEN.stream().anyMatch(version -> version.jsseName().equals(name));
    }
}
