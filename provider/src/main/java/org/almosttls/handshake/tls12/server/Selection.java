package org.almosttls.handshake.tls12.server;

import java.util.Optional;
import org.almosttls.config.Credential;
import org.almosttls.registry.NamedGroup;
import org.almosttls.registry.SignatureScheme;
import org.almosttls.registry.Tls12Suite;

/** Choices that fit each other and the client's offer; group and scheme only where a fresh key is signed. */
record Selection(Tls12Suite suite, Credential credential, Optional<Ephemeral> ephemeral) {

    /** The group of the fresh key, and the scheme to sign it with. */
    record Ephemeral(NamedGroup group, SignatureScheme scheme) {}
}
