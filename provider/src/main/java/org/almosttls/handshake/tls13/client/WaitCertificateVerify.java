package org.almosttls.handshake.tls13.client;

import java.util.List;
import java.util.Optional;
import org.almosttls.alert.TlsAlertException;
import org.almosttls.config.VerifiedPeer;
import org.almosttls.handshake.Authenticated;
import org.almosttls.handshake.Completion;
import org.almosttls.handshake.LeafKey;
import org.almosttls.handshake.Received;
import org.almosttls.handshake.Transition;
import org.almosttls.handshake.tls13.DuringHandshake;
import org.almosttls.handshake.tls13.Encrypted;
import org.almosttls.handshake.tls13.Proof;
import org.almosttls.message.CertificateVerify;
import org.almosttls.registry.Role;
import org.almosttls.registry.SignatureScheme;

/** WAIT_CV of RFC 8446 §A.1: the server proves that it has the key of its certificate (§4.4.3). */
record WaitCertificateVerify(Encrypted handshake, VerifiedPeer server, Optional<WantedCertificate> wanted)
        implements DuringHandshake {

    private record Proven(SignatureScheme scheme, Encrypted handshake) implements Completion {}

    @Override
    public Transition take(Received in) throws TlsAlertException {
        if (!(in.message() instanceof CertificateVerify proof)) throw unexpected(in);
        var leaf = new LeafKey(server.certificate());
        Proof.requireOffered(proof, leaf, handshake.agreement().config());
        return Transition.to(this).delegate(() -> {
            Proof.require(proof, Role.SERVER, leaf, handshake.seen());
            return new Proven(proof.scheme(), handshake.plus(in.bytes()));
        });
    }

    @Override
    public Transition resume(Completion completion) {
        var proven = (Proven) completion;
        var authenticated = new Authenticated(
                Optional.of(proven.handshake.agreement().group()),
                Optional.of(proven.scheme),
                wanted.map(WantedCertificate::certificateSchemes).orElse(List.of()),
                server.chain(),
                List.of());
        return Transition.to(new WaitFinished(proven.handshake, authenticated, wanted));
    }

    @Override
    public void close() {
        handshake.close();
    }
}
