package org.almosttls.trace;

import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.almosttls.registry.Role;
import org.almosttls.trace.SessionLine.ClientProof;

/**
 * What a diagnosis may go by beside the failure itself.
 *
 * @param refusedRenegotiation whether this end has said no_renegotiation
 * @param lastMessage whose handshake message came last, and which
 */
record Circumstances(
        Role role,
        boolean established,
        ClientProof clientProof,
        HowEnded how,
        Instant time,
        List<CertificateFacts> peerChain,
        boolean refusedRenegotiation,
        Optional<String> lastMessage) {

    /** Whether it was the peer that ended the transport, without a word. */
    boolean peerEnded() {
        return how == HowEnded.TRUNCATED;
    }

    String peer() {
        return role == Role.CLIENT ? "server" : "client";
    }
}
