package org.almosttls.jsse;

import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.almosttls.registry.CipherSuite;
import org.almosttls.registry.NamedGroup;
import org.almosttls.registry.ProtocolVersion;
import org.almosttls.registry.Tls12Suite;

/** What there is to enable, by the names that callers use. */
final class Supported {

    static final List<ProtocolVersion> PROTOCOLS = List.of(ProtocolVersion.TLS_1_2, ProtocolVersion.TLS_1_1);

    /** What is enabled if nobody says anything: RFC 8996 §5 has nobody speak TLS 1.1 who need not. */
    static final List<ProtocolVersion> USUAL = List.of(ProtocolVersion.TLS_1_2);

    /** Those, and the textbook protocol, which nobody enables but by its name. */
    private static final List<ProtocolVersion> SPOKEN =
            List.of(ProtocolVersion.TLS_1_2, ProtocolVersion.TLS_1_1, ProtocolVersion.ALMOST_1);

    /** The platform's, in its order. */
    static final List<NamedGroup> GROUPS = Stream.concat(
                    Stream.of(
                            NamedGroup.X25519,
                            NamedGroup.SECP256R1,
                            NamedGroup.SECP384R1,
                            NamedGroup.SECP521R1,
                            NamedGroup.X448),
                    NamedGroup.FINITE_FIELDS.stream())
            .toList();

    /**
     * Protocols of the platform that are not implemented here. Naming one beside others is no mistake: applications
     * that enable a fixed list, made for the platform's provider, must go on with what is left of it.
     */
    private static final List<String> OTHERS =
            List.of("TLSv1.3", "TLSv1", "SSLv3", "SSLv2Hello", "DTLSv1.0", "DTLSv1.2");

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
    static List<Tls12Suite> suites(String... names) {
        checkSuites(names);
        return Arrays.stream(names)
                .distinct()
                .flatMap(name -> CipherSuite.named(name).flatMap(Tls12Suite::of).stream())
                .toList();
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
