package org.almosttls.trace;

import java.util.Optional;
import org.almosttls.registry.Role;
import org.almosttls.trace.SessionLine.ClientProof;

/** What a diagnosis may go by beside the failure itself. */
record Circumstances(
        Role role, boolean established, ClientProof clientProof, HowEnded how, Optional<String> lastMessage) {

    String peer() {
        return role == Role.CLIENT ? "server" : "client";
    }
}
