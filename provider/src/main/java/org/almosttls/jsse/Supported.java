package org.almosttls.jsse;

import java.util.Arrays;
import java.util.List;
import org.almosttls.registry.CipherSuite;
import org.almosttls.registry.NamedGroup;
import org.almosttls.registry.ProtocolVersion;
import org.almosttls.registry.Tls12Suite;

/** What there is to enable, by the names that callers use. */
final class Supported {

    static final List<ProtocolVersion> PROTOCOLS = List.of(ProtocolVersion.TLS_1_2);

    static final List<NamedGroup> GROUPS = List.of(NamedGroup.X25519, NamedGroup.SECP256R1, NamedGroup.SECP384R1);

    /** Protocols of the platform that are not implemented here; naming one as a property is no mistake. */
    private static final List<String> OTHERS =
            List.of("TLSv1.3", "TLSv1.1", "TLSv1", "SSLv3", "SSLv2Hello", "DTLSv1.0", "DTLSv1.2");

    private Supported() {}

    static String[] protocolNames() {
        return PROTOCOLS.stream().map(ProtocolVersion::jsseName).toArray(String[]::new);
    }

    static String[] suiteNames() {
        return Tls12Suite.ALL.stream().map(each -> each.suite().name()).toArray(String[]::new);
    }

    /** The versions of these names, in our order of preference: the newest first, as the platform has it. */
    static List<ProtocolVersion> protocols(String... names) {
        checkProtocols(names);
        var wanted = List.of(names);
        return PROTOCOLS.stream()
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

    /** Throws unless every one of these is the name of a protocol that is supported. */
    static void checkProtocols(String... names) {
        if (names == null) throw new IllegalArgumentException("Protocols cannot be null");
        var known = List.of(protocolNames());
        for (String name : names) {
            if (name == null || name.isEmpty()) throw new IllegalArgumentException("Protocol cannot be null or empty");
            if (!known.contains(name)) throw new IllegalArgumentException("Unsupported protocol " + name);
        }
    }

    /** Throws unless every one of these is the name of a suite that is supported. */
    static void checkSuites(String... names) {
        if (names == null) throw new IllegalArgumentException("CipherSuites cannot be null");
        for (String name : names) {
            if (name == null || name.isEmpty())
                throw new IllegalArgumentException("CipherSuite cannot be null or empty");
            if (CipherSuite.named(name).flatMap(Tls12Suite::of).isEmpty())
                throw new IllegalArgumentException("Unsupported CipherSuite: " + name);
        }
    }

    /** Whether the platform knows this protocol, whatever is implemented here. */
    static boolean isProtocol(String name) {
        return OTHERS.contains(name) || List.of(protocolNames()).contains(name);
    }
}
