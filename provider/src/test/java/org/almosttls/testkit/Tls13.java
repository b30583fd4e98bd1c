package org.almosttls.testkit;

import java.util.List;
import java.util.stream.Stream;
import org.almosttls.registry.CipherSuite;
import org.almosttls.registry.NamedGroup;
import org.almosttls.registry.ProtocolVersion;
import org.almosttls.registry.Tls12Suite;
import org.almosttls.registry.Tls13Suite;

/** Ends that speak TLS 1.3. */
public final class Tls13 {

    public static final List<CipherSuite> SUITES =
            Tls13Suite.ALL.stream().map(Tls13Suite::suite).toList();

    public static final List<NamedGroup> GROUPS = List.of(
            NamedGroup.X25519_MLKEM768,
            NamedGroup.X25519,
            NamedGroup.SECP256R1,
            NamedGroup.SECP384R1,
            NamedGroup.SECP521R1,
            NamedGroup.X448,
            NamedGroup.FFDHE2048,
            NamedGroup.SECP256R1_MLKEM768,
            NamedGroup.SECP384R1_MLKEM1024);

    private Tls13() {}

    /** The same end, but that it speaks nothing else. */
    public static TestConfig only(TestConfig end) {
        return end.versions(ProtocolVersion.TLS_1_3)
                .with("cipherSuites", SUITES)
                .with("groups", GROUPS);
    }

    /** The same end, but that it speaks TLS 1.2 too. */
    public static TestConfig too(TestConfig end) {
        var suites = Stream.concat(SUITES.stream(), Tls12Suite.ALL.stream().map(Tls12Suite::suite))
                .toList();
        return end.versions(ProtocolVersion.TLS_1_3, ProtocolVersion.TLS_1_2)
                .with("cipherSuites", suites)
                .with("groups", GROUPS);
    }

    public static TestConfig client(TestIdentity... identities) {
        return only(TestConfig.client(identities));
    }

    public static TestConfig server(TestIdentity... identities) {
        return only(TestConfig.server(identities));
    }
}
