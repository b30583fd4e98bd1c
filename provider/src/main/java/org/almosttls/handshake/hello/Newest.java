package org.almosttls.handshake.hello;

import java.util.Optional;
import org.almosttls.config.TlsConfig;
import org.almosttls.registry.ProtocolVersion;
import org.almosttls.registry.Tls13Suite;

/** The version that is agreed on whenever both ends have it. */
public final class Newest {

    public static final ProtocolVersion VERSION = ProtocolVersion.TLS_1_3;

    private Newest() {}

    /** The version, if it is enabled and there is something to speak it with (RFC 8446 §9.2). */
    public static Optional<ProtocolVersion> usable(TlsConfig config) {
        boolean speaks = config.versions().contains(VERSION)
                && config.cipherSuites().stream()
                        .anyMatch(suite -> Tls13Suite.of(suite).isPresent())
                && config.groups().stream().anyMatch(config.crypto()::supports)
                && !config.signatureSchemes().isEmpty();
        return speaks ? Optional.of(VERSION) : Optional.empty();
    }
}
