package org.almosttls.handshake.tls12.server;

import org.almosttls.alert.TlsAlertException;
import org.almosttls.handshake.Completion;
import org.almosttls.handshake.HandshakeState;
import org.almosttls.handshake.Received;
import org.almosttls.handshake.Transition;
import org.almosttls.handshake.tls12.Secured;
import org.almosttls.handshake.tls12.SessionKeys;
import org.almosttls.message.ClientKeyExchange;

/** The client's part of the key exchange is due (RFC 5246 §7.4.7); then there are keys. */
record WaitClientKeyExchange(Exchange exchange) implements HandshakeState {

    private record Derived(Secured secured) implements Completion {
        @Override
        public void close() {
            secured.close();
        }
    }

    @Override
    public Transition receive(Received in) throws TlsAlertException {
        if (!(in.message() instanceof ClientKeyExchange message)) throw unexpected(in);
        var seen = exchange.plus(in.bytes());
        return Transition.to(this).delegate(() -> derive(message, seen));
    }

    private static Derived derive(ClientKeyExchange message, Exchange seen) throws TlsAlertException {
        try (seen;
                var premaster = seen.key().premaster(message, seen.agreement())) {
            var keys = SessionKeys.derive(seen.agreement(), premaster, seen.transcript());
            return new Derived(new Secured(seen.agreement(), seen.authenticated(), keys, seen.transcript()));
        }
    }

    @Override
    public Transition resume(Completion completion) {
        var secured = ((Derived) completion).secured;
        // RFC 5246 §7.4.8: a certificate that can sign is followed by a proof that its owner is there.
        var next = secured.authenticated().peerChain().isEmpty()
                ? new WaitChangeCipherSpec(secured, new WaitFinished(secured))
                : new WaitCertificateVerify(secured);
        return Transition.to(next).report(secured.secretDerived());
    }

    @Override
    public void close() {
        exchange.close();
    }
}
