package org.almosttls.handshake.tls12;

import org.almosttls.config.HandshakeFacts;
import org.almosttls.config.NegotiatedSession;
import org.almosttls.config.TlsConfig;
import org.almosttls.registry.Tls12Suite;

/**
 * What the hellos have agreed on; it holds for the rest of the handshake.
 *
 * @param sessionId as the server chose it, empty if the session cannot be resumed
 * @param encryptThenMac RFC 7366: whether the MAC of a CBC suite is over what was encrypted
 * @param extendedMasterSecret RFC 7627: whether both ends bind the master secret to the handshake
 */
public record Agreement(
        TlsConfig config,
        Tls12Suite suite,
        HelloRandoms randoms,
        byte[] sessionId,
        boolean encryptThenMac,
        boolean extendedMasterSecret,
        HandshakeFacts facts) {

    /** What the handshake comes to when it is finished. */
    public NegotiatedSession session(Authenticated authenticated) {
        return new NegotiatedSession(
                facts.version(),
                facts.cipherSuite(),
                sessionId,
                config.clock().now(),
                authenticated.group(),
                authenticated.serverScheme(),
                authenticated.peerSchemes(),
                extendedMasterSecret,
                authenticated.peerChain(),
                authenticated.localChain(),
                facts.serverNames(),
                facts.applicationProtocol());
    }
}
