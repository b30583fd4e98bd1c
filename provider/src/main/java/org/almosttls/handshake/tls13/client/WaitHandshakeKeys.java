package org.almosttls.handshake.tls13.client;

import org.almosttls.alert.AlertProtocol;
import org.almosttls.alert.TlsAlertException;
import org.almosttls.extension.KeyShareEntry;
import org.almosttls.handshake.Completion;
import org.almosttls.handshake.HandshakeState;
import org.almosttls.handshake.Received;
import org.almosttls.handshake.Transition;
import org.almosttls.handshake.tls13.Agreement;
import org.almosttls.handshake.tls13.Encrypted;
import org.almosttls.handshake.tls13.HandshakeKeys;
import org.almosttls.keyschedule.EarlySecret;
import org.almosttls.keyschedule.Transcript;
import org.almosttls.message.HandshakeDecoder;
import org.almosttls.record.Aligned;
import org.almosttls.registry.Role;

/** The server has chosen; what both keys come to is computed, and nothing may come meanwhile. Owns the client's keys. */
record WaitHandshakeKeys(Offer offer, Agreement agreement, Aligned proof) implements HandshakeState {

    /** RFC 8446 §5.1: legacy_record_version. */
    static final int RECORD_VERSION = 0x0303;

    private record Made(Encrypted handshake) implements Completion {
        @Override
        public void close() {
            handshake.close();
        }
    }

    static Transition begin(Offer offer, Agreement agreement, KeyShareEntry server, Received in)
            throws TlsAlertException {
        var seen = offer.transcript().plus(in.bytes());
        return Transition.to(new WaitHandshakeKeys(offer, agreement, in.aligned()))
                .decode(HandshakeDecoder.TLS_1_3)
                .useAlerts(AlertProtocol.TLS_1_3)
                .delegate(() -> make(offer, agreement, server, seen));
    }

    private static Made make(Offer offer, Agreement agreement, KeyShareEntry server, Transcript seen)
            throws TlsAlertException {
        try (var shared = offer.shares().agree(server, offer.config());
                var early = early(offer, agreement)) {
            return new Made(new Encrypted(agreement, HandshakeKeys.derive(agreement, early, shared, seen), seen));
        }
    }

    /** RFC 8446 §7.1: of the pre-shared key, if the ends go on from one. */
    private static EarlySecret early(Offer offer, Agreement agreement) {
        var known = agreement.known();
        return known.isNone()
                ? EarlySecret.withoutPreSharedKey(agreement.hkdf())
                : EarlySecret.of(
                        agreement.hkdf(),
                        offer.keys().secretOf(known, agreement.suite().hash()));
    }

    @Override
    public Transition receive(Received in) throws TlsAlertException {
        throw unexpected(in);
    }

    /** RFC 8446 §D.4: ChangeCipherSpec before the second flight; what goes wrong from here on is said encrypted. */
    @Override
    public Transition resume(Completion completion) {
        var handshake = ((Made) completion).handshake();
        offer.close();
        var transition = handshake.toldBy(Transition.to(new WaitEncryptedExtensions(handshake, offer.hello())));
        // RFC 8446 §4.2.10: what early data is protected by stays until the server has said whether it takes it.
        if (offer.hasEarlyData()) return transition.protectReads(handshake.openingServers(), proof);
        if (offer.retry().isEmpty()) {
            transition.fixSentVersion(RECORD_VERSION);
            if (offer.isCompatible()) transition.sendChangeCipherSpec();
        }
        return transition.protectReads(handshake.openingServers(), proof).protectWrites(handshake.sealing(Role.CLIENT));
    }

    @Override
    public void close() {
        offer.close();
    }
}
