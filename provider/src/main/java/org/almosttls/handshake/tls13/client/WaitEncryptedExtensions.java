package org.almosttls.handshake.tls13.client;

import java.util.List;
import java.util.Optional;
import org.almosttls.alert.TlsAlertException;
import org.almosttls.alert.Violation;
import org.almosttls.config.HandshakeFacts;
import org.almosttls.config.NegotiatedSession;
import org.almosttls.config.RecordSizes;
import org.almosttls.extension.Extensions;
import org.almosttls.handshake.AgreedProtocol;
import org.almosttls.handshake.Authenticated;
import org.almosttls.handshake.HandshakeState;
import org.almosttls.handshake.Heartbeats;
import org.almosttls.handshake.Received;
import org.almosttls.handshake.RecordLimits;
import org.almosttls.handshake.Transition;
import org.almosttls.handshake.tls13.Agreement;
import org.almosttls.handshake.tls13.DuringHandshake;
import org.almosttls.handshake.tls13.Encrypted;
import org.almosttls.message.ClientHello;
import org.almosttls.message.EncryptedExtensions;
import org.almosttls.registry.ExtensionType;
import org.almosttls.registry.Role;

/** WAIT_EE of RFC 8446 §A.1: the server answers the rest of the offer (§4.3.1). */
record WaitEncryptedExtensions(Encrypted handshake, ClientHello hello) implements DuringHandshake {

    @Override
    public Transition take(Received in) throws TlsAlertException {
        if (!(in.message() instanceof EncryptedExtensions message)) throw unexpected(in);
        var answer = message.extensions();
        Violation.DUPLICATE_EXTENSION.when(answer.hasDuplicates());
        for (var type : answer.types())
            // RFC 8446 §4.2: only what was asked for.
            if (type.isGrease() || !hello.extensions().has(type))
                throw Violation.EXTENSION_NOT_OFFERED.exception(type.name());
        var agreement = agreement(answer);
        var seen = handshake.with(agreement).plus(in.bytes());
        var transition = agreement.heartbeats().begin(Transition.to(next(seen)));
        boolean refused = hello.extensions().has(ExtensionType.EARLY_DATA) && !agreement.earlyData();
        if (refused) transition.protectWrites(seen.sealing(Role.CLIENT));
        int most = agreement.limits().sent();
        return most < RecordSizes.MAX_PLAINTEXT ? transition.limitSent(most) : transition;
    }

    /** RFC 8446 §4.3.2, §4.4.2: no certificates where a pre-shared key is what authenticates. */
    private HandshakeState next(Encrypted seen) {
        var known = seen.agreement().known();
        if (known.isNone()) return new WaitCertificateOrRequest(seen, hello.extensions());
        var authenticated = known.session().map(Authenticated::before).orElse(Authenticated.BY_KEY);
        return new WaitFinished(seen, authenticated.withGroup(seen.agreement().group()), Optional.empty());
    }

    private Agreement agreement(Extensions answer) throws TlsAlertException {
        var agreement = handshake.agreement();
        var known = agreement.facts();
        var facts = new HandshakeFacts(
                known.version(),
                known.cipherSuite(),
                known.serverNames(),
                known.peerSchemes(),
                AgreedProtocol.in(answer, agreement.config()));
        var limits = RecordLimits.answered(hello.extensions(), answer).ofContent();
        var status = agreement
                .known()
                .session()
                .map(NegotiatedSession::statusResponses)
                .orElse(List.of());
        var agreed = agreement.with(limits, Heartbeats.answered(answer), facts.withStatus(status));
        if (!answer.has(ExtensionType.EARLY_DATA)) return agreed;
        requireSame(agreed);
        return agreed.withEarlyData();
    }

    /** RFC 8446 §4.2.10: early data is for the session that is offered first, in its suite and its protocol. */
    private static void requireSame(Agreement agreed) throws TlsAlertException {
        boolean same = agreed.known()
                .session()
                .filter(session -> session.cipherSuite().equals(agreed.facts().cipherSuite())
                        && session.applicationProtocol().equals(agreed.facts().applicationProtocol()))
                .isPresent();
        Violation.EARLY_DATA_OF_OTHER_SESSION.unless(same);
    }

    @Override
    public void close() {
        handshake.close();
    }
}
