package org.almosttls.handshake.hello.client;

import java.util.List;
import java.util.Optional;
import org.almosttls.alert.TlsAlertException;
import org.almosttls.config.ResumableSession;
import org.almosttls.config.TlsConfig;
import org.almosttls.handshake.Transition;
import org.almosttls.handshake.tls13.client.EarlyFlight;
import org.almosttls.handshake.tls13.client.OfferedKeys;
import org.almosttls.handshake.tls13.client.OwnShares;
import org.almosttls.message.EncodedMessage;
import org.almosttls.message.HandshakeDecoder;
import org.almosttls.registry.NamedGroup;
import org.almosttls.testkit.NoRenewal;

/** A client that has said what somebody else has said first. */
public final class TracedOffer {

    private TracedOffer() {}

    /** @param group of the one key share, whose key is the configuration's */
    public static Transition of(TlsConfig config, byte[] hello, NamedGroup group, Optional<ResumableSession> known)
            throws TlsAlertException {
        var offer = EncodedMessage.of(HandshakeDecoder.HELLOS.decode(hello));
        var shares = OwnShares.of(List.of(group), config);
        var keys = OfferedKeys.of(known, config.cipherSuites(), config);
        var early = EarlyFlight.of(config, keys, config.cipherSuites());
        var begun = Transition.to(new WaitServerHello(
                        config, offer, Optional.empty(), keys, NoRenewal.firstHandshake(), shares, 0))
                .decode(HandshakeDecoder.HELLOS)
                .send(offer);
        early.ifPresent(flight -> flight.sentBy(begun, offer));
        return begun;
    }
}
