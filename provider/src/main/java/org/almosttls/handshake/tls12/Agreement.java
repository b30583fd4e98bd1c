package org.almosttls.handshake.tls12;

import java.time.Instant;
import java.util.List;
import org.almosttls.config.HandshakeFacts;
import org.almosttls.config.NegotiatedSession;
import org.almosttls.config.TlsConfig;
import org.almosttls.handshake.Authenticated;
import org.almosttls.handshake.Heartbeats;
import org.almosttls.handshake.RecordLimits;
import org.almosttls.keyschedule.Prf;
import org.almosttls.registry.CompressionMethod;
import org.almosttls.registry.Tls12Suite;

/**
 * What the hellos have agreed on; it holds for the rest of the handshake.
 *
 * @param rules of the version
 * @param sessionId as the server chose it, also if its hello does not say it; empty if the session cannot be resumed
 * @param encryptThenMac RFC 7366: whether the MAC of a CBC suite is over what was encrypted
 * @param extendedMasterSecret RFC 7627: whether both ends bind the master secret to the handshake
 * @param ticket RFC 5077 §3.2: whether the server has promised a ticket; then its hello has no session id
 * @param created when the session began, which is before this connection if it is resumed
 * @param past the handshake before this one on the same connection, if there was one
 * @param secureRenegotiation RFC 5746: whether the peer knows of it
 */
public record Agreement(
        TlsConfig config,
        Tls12Rules rules,
        Tls12Suite suite,
        HelloRandoms randoms,
        byte[] sessionId,
        boolean encryptThenMac,
        boolean extendedMasterSecret,
        RecordLimits limits,
        CompressionMethod compression,
        boolean ticket,
        Heartbeats heartbeats,
        HandshakeFacts facts,
        Instant created,
        Past past,
        boolean secureRenegotiation) {

    public Prf prf() {
        return rules.prf(config.crypto(), suite);
    }

    /** The same, now that it is known what the server has to show of its certificate's status (RFC 6066 §8). */
    public Agreement withStatus(List<byte[]> responses) {
        return with(ticket, facts.withStatus(responses));
    }

    /** The same where the server promises a ticket. */
    public Agreement promisingTicket() {
        return with(true, facts);
    }

    private Agreement with(boolean promised, HandshakeFacts known) {
        return new Agreement(
                config,
                rules,
                suite,
                randoms,
                sessionId,
                encryptThenMac,
                extendedMasterSecret,
                limits,
                compression,
                promised,
                heartbeats,
                known,
                created,
                past,
                secureRenegotiation);
    }

    /** What the handshake comes to when it is finished. */
    public NegotiatedSession session(Authenticated authenticated) {
        return new NegotiatedSession(
                facts.version(),
                facts.cipherSuite(),
                sessionId,
                created,
                authenticated.group(),
                authenticated.serverScheme(),
                authenticated.peerSchemes(),
                extendedMasterSecret,
                limits.ofSession(),
                compression,
                authenticated.peerChain(),
                authenticated.localChain(),
                facts.serverNames(),
                facts.applicationProtocol(),
                facts.statusResponses());
    }
}
