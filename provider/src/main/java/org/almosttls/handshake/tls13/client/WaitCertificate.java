package org.almosttls.handshake.tls13.client;

import java.util.Optional;
import org.almosttls.alert.TlsAlertException;
import org.almosttls.alert.Violation;
import org.almosttls.config.PeerIdentity;
import org.almosttls.config.VerifiedPeer;
import org.almosttls.extension.CompressCertificate;
import org.almosttls.extension.Extensions;
import org.almosttls.handshake.Completion;
import org.almosttls.handshake.LeafKey;
import org.almosttls.handshake.Received;
import org.almosttls.handshake.Transition;
import org.almosttls.handshake.tls13.CertificateCompressions;
import org.almosttls.handshake.tls13.Certificates;
import org.almosttls.handshake.tls13.DuringHandshake;
import org.almosttls.handshake.tls13.Encrypted;
import org.almosttls.message.Certificate13;
import org.almosttls.registry.Role;

/** WAIT_CERT of RFC 8446 §A.1: the server says who it is (§4.4.2). */
record WaitCertificate(Encrypted handshake, Extensions offered, Optional<WantedCertificate> wanted)
        implements DuringHandshake {

    /** RFC 8446 §4.4.2: the platform's word where the suite does not tell how the server proves itself. */
    private static final String AUTH_TYPE = "UNKNOWN";

    private record Verified(VerifiedPeer server, Encrypted handshake) implements Completion {}

    @Override
    public Transition take(Received in) throws TlsAlertException {
        var certificate = CertificateCompressions.received(in.message(), offered.find(CompressCertificate.class))
                .orElseThrow(() -> unexpected(in));
        // RFC 8446 §4.4.2.4: decode_error.
        Violation.CERTIFICATE_LIST_EMPTY.when(certificate.entries().isEmpty());
        // RFC 8701 §3.1: what stands for nothing is not answered.
        Certificates.requireAsked(certificate, Certificates.NO_CONTEXT, type -> !type.isGrease() && offered.has(type));
        var seen = handshake.plus(in.bytes());
        return Transition.to(this).delegate(() -> verify(certificate, seen));
    }

    private static Verified verify(Certificate13 certificate, Encrypted seen) throws TlsAlertException {
        var agreement = seen.agreement();
        var config = agreement.config();
        var chain = Certificates.decode(certificate, config);
        var leaf = new LeafKey(chain.get(0));
        // RFC 8446 §4.4.2.2: the key must be one to sign with.
        if (!leaf.signs()) throw Violation.CERTIFICATE_KEY_UNFIT.exception("its key usage forbids to sign");
        var known = agreement.with(agreement.facts().withStatus(Certificates.statusOf(certificate)));
        var server = config.peerVerifier().verify(new PeerIdentity(Role.SERVER, chain, AUTH_TYPE, known.facts()));
        return new Verified(server, seen.with(known));
    }

    @Override
    public Transition resume(Completion completion) {
        var verified = (Verified) completion;
        return Transition.to(new WaitCertificateVerify(verified.handshake, verified.server, wanted));
    }

    @Override
    public void close() {
        handshake.close();
    }
}
