package org.almosttls.handshake.tls12.client;

import org.almosttls.alert.TlsAlertException;
import org.almosttls.alert.Violation;
import org.almosttls.config.VerifiedPeer;
import org.almosttls.handshake.Completion;
import org.almosttls.handshake.HandshakeState;
import org.almosttls.handshake.LeafKey;
import org.almosttls.handshake.Received;
import org.almosttls.handshake.Transition;
import org.almosttls.handshake.tls12.Agreement;
import org.almosttls.keyschedule.Transcript;
import org.almosttls.message.ServerKeyExchange;

/** The server is who it says; it now signs its part of the key exchange (RFC 8422 §5.4). */
record WaitServerKeyExchange(Agreement agreement, VerifiedPeer server, Transcript transcript)
        implements HandshakeState {

    private record Verified(ServerKey.Ephemeral key, Transcript transcript) implements Completion {}

    @Override
    public Transition receive(Received in) throws TlsAlertException {
        if (!(in.message() instanceof ServerKeyExchange exchange)) throw unexpected(in);
        requireOffered(exchange);
        var seen = transcript.plus(in.bytes());
        return Transition.to(this).delegate(() -> new Verified(verify(exchange), seen));
    }

    private void requireOffered(ServerKeyExchange exchange) throws TlsAlertException {
        // RFC 8422 §5.4: a group of the client's list.
        if (!agreement.config().groups().contains(exchange.group()))
            throw Violation.GROUP_NOT_OFFERED.exception(exchange.group().name());
        // RFC 5246 §7.4.3: a pair of the client's list, and one that the server's certificate can make.
        if (!agreement.config().signatureSchemes().contains(exchange.scheme())
                || !new LeafKey(server.certificate()).fits(exchange.scheme()))
            throw Violation.SCHEME_NOT_OFFERED.exception(exchange.scheme().name());
    }

    /** RFC 8422 §5.4: the signature covers both randoms and the parameters. */
    private ServerKey.Ephemeral verify(ServerKeyExchange exchange) throws TlsAlertException {
        var randoms = agreement.randoms();
        Violation.WRONG_SIGNATURE.unless(agreement
                .config()
                .crypto()
                .verify(
                        exchange.scheme(),
                        server.certificate().getPublicKey(),
                        exchange.signature(),
                        randoms.client(),
                        randoms.server(),
                        exchange.parameters()));
        return new ServerKey.Ephemeral(server, exchange);
    }

    @Override
    public Transition resume(Completion completion) {
        var verified = (Verified) completion;
        return Transition.to(new WaitCertificateRequest(agreement, verified.key, verified.transcript));
    }
}
