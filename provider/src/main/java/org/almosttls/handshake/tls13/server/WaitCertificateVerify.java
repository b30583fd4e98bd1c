package org.almosttls.handshake.tls13.server;

import org.almosttls.alert.TlsAlertException;
import org.almosttls.handshake.Completion;
import org.almosttls.handshake.LeafKey;
import org.almosttls.handshake.Received;
import org.almosttls.handshake.Transition;
import org.almosttls.handshake.tls13.Proof;
import org.almosttls.message.CertificateVerify;
import org.almosttls.registry.Role;

/** WAIT_CV of RFC 8446 §A.2: the client proves that it has the key of its certificate (§4.4.3). */
record WaitCertificateVerify(Inquiry inquiry) implements AwaitingClient {

    /** The transcript goes on with the message; the keys stay this state's. */
    private record Proven(byte[] message) implements Completion {}

    @Override
    public Transition take(Received in) throws TlsAlertException {
        if (!(in.message() instanceof CertificateVerify proof)) throw unexpected(in);
        var leaf = new LeafKey(inquiry.peerChain().get(0));
        Proof.requireOffered(proof, leaf, inquiry.agreement().config());
        return Transition.to(this).delegate(() -> {
            Proof.require(proof, Role.CLIENT, leaf, inquiry.seen());
            return new Proven(in.bytes());
        });
    }

    @Override
    public Transition resume(Completion completion) {
        return Transition.to(new WaitFinished(inquiry.plus(((Proven) completion).message)));
    }
}
