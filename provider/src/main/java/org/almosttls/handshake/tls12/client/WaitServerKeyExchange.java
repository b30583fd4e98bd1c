package org.almosttls.handshake.tls12.client;

import java.math.BigInteger;
import java.util.Optional;
import org.almosttls.alert.TlsAlertException;
import org.almosttls.alert.Violation;
import org.almosttls.config.VerifiedPeer;
import org.almosttls.crypto.FiniteField;
import org.almosttls.handshake.Completion;
import org.almosttls.handshake.HandshakeState;
import org.almosttls.handshake.LeafKey;
import org.almosttls.handshake.Received;
import org.almosttls.handshake.Transition;
import org.almosttls.handshake.tls12.Agreement;
import org.almosttls.keyschedule.Transcript;
import org.almosttls.message.ServerKeyExchange;
import org.almosttls.message.ServerParams;
import org.almosttls.message.ServerParams.ServerDhParams;
import org.almosttls.message.ServerParams.ServerEcdhParams;
import org.almosttls.registry.NamedGroup;
import org.almosttls.registry.SignatureScheme;

/** The server is who it says; it now signs its part of the key exchange (RFC 8422 §5.4). */
record WaitServerKeyExchange(Agreement agreement, VerifiedPeer server, Transcript transcript)
        implements HandshakeState {

    /** The longest that RFC 7919 has a name for. */
    private static final int MOST_BITS = 8192;

    private record Verified(ServerKey.Ephemeral key, Transcript transcript) implements Completion {}

    @Override
    public Transition receive(Received in) throws TlsAlertException {
        if (!(in.message() instanceof ServerKeyExchange exchange)) throw unexpected(in);
        requireOffered(exchange);
        var seen = transcript.plus(in.bytes());
        return Transition.to(this).delegate(() -> new Verified(verify(exchange), seen));
    }

    private void requireOffered(ServerKeyExchange exchange) throws TlsAlertException {
        requireUsable(exchange.params());
        // RFC 5246 §7.4.3: a pair of the client's list, and one that the server's certificate can make.
        var scheme = schemeOf(exchange);
        if (!agreement.config().signatureSchemes().contains(scheme) || !new LeafKey(server.certificate()).fits(scheme))
            throw Violation.SCHEME_NOT_OFFERED.exception(scheme.name());
    }

    private SignatureScheme schemeOf(ServerKeyExchange exchange) {
        return agreement.rules().meant(exchange.scheme(), new LeafKey(server.certificate()));
    }

    private void requireUsable(ServerParams params) throws TlsAlertException {
        if (params instanceof ServerEcdhParams ecdh) {
            // RFC 8422 §5.4: a group of the client's list.
            if (!agreement.config().groups().contains(ecdh.group()))
                throw Violation.GROUP_NOT_OFFERED.exception(ecdh.group().name());
        } else if (params instanceof ServerDhParams dh) {
            var field = new FiniteField(dh.prime(), dh.generator());
            requireStrong(field);
            var publicValue = new BigInteger(1, dh.publicValue());
            // RFC 7919 §3: by handshake_failure.
            Violation.PUBLIC_VALUE_OUT_OF_RANGE.unless(field.holds(publicValue));
        }
    }

    /** Asks the application, which may take its time. */
    private void requirePermitted(ServerParams params) throws TlsAlertException {
        if (!(params instanceof ServerDhParams dh)) return;
        var field = new FiniteField(dh.prime(), dh.generator());
        var publicValue = new BigInteger(1, dh.publicValue());
        if (!agreement.config().policy().permitsField(field.p(), field.g(), publicValue))
            throw Violation.WEAK_FIELD.exception("the application's constraints do not permit this key");
    }

    /** RFC 7919 §3.1: servers that do not know names of fields use others, but what is short is broken (Logjam). */
    private void requireStrong(FiniteField field) throws TlsAlertException {
        if (field.bits() < agreement.config().leastFieldBits() || field.bits() > MOST_BITS)
            throw Violation.WEAK_FIELD.exception("a prime of " + field.bits() + " bits");
        Violation.BAD_PUBLIC_KEY.unless(field.p().testBit(0) && field.holds(field.g()));
    }

    /** RFC 5246 §7.4.3, RFC 8422 §5.4: the signature covers both randoms and the parameters. */
    private ServerKey.Ephemeral verify(ServerKeyExchange exchange) throws TlsAlertException {
        requirePermitted(exchange.params());
        var randoms = agreement.randoms();
        Violation.WRONG_SIGNATURE.unless(agreement
                .config()
                .crypto()
                .verify(
                        schemeOf(exchange),
                        server.certificate().getPublicKey(),
                        exchange.signature(),
                        randoms.client(),
                        randoms.server(),
                        exchange.params().bytes()));
        return new ServerKey.Ephemeral(server, exchange, schemeOf(exchange), groupOf(exchange.params()));
    }

    private Optional<NamedGroup> groupOf(ServerParams params) {
        if (params instanceof ServerEcdhParams ecdh) return Optional.of(ecdh.group());
        var dh = (ServerDhParams) params;
        return agreement.config().crypto().nameOf(new FiniteField(dh.prime(), dh.generator()));
    }

    @Override
    public Transition resume(Completion completion) {
        var verified = (Verified) completion;
        return Transition.to(new WaitCertificateRequest(agreement, verified.key, verified.transcript));
    }
}
