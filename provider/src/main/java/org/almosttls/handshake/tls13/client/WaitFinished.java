package org.almosttls.handshake.tls13.client;

import java.util.Optional;
import org.almosttls.alert.TlsAlertException;
import org.almosttls.handshake.Authenticated;
import org.almosttls.handshake.Completion;
import org.almosttls.handshake.HandshakeState;
import org.almosttls.handshake.Received;
import org.almosttls.handshake.Transition;
import org.almosttls.handshake.tls13.DuringHandshake;
import org.almosttls.handshake.tls13.Encrypted;
import org.almosttls.message.EncodedMessage;
import org.almosttls.message.Finished;
import org.almosttls.record.Aligned;
import org.almosttls.registry.Role;

/** WAIT_FINISHED of RFC 8446 §A.1: the server proves that it saw the same handshake, and the client answers in kind. */
record WaitFinished(Encrypted handshake, Authenticated authenticated, Optional<WantedCertificate> wanted)
        implements DuringHandshake {

    /** The server has proved it; which certificate to show is being chosen, and nothing may come meanwhile. */
    private record WaitClientFlight(Encrypted handshake, Authenticated authenticated, Aligned proof)
            implements HandshakeState {

        @Override
        public Transition receive(Received in) throws TlsAlertException {
            throw unexpected(in);
        }

        @Override
        public Transition resume(Completion completion) {
            return finish(handshake, authenticated, (ClientFlight) completion, proof);
        }

        @Override
        public void close() {
            handshake.close();
        }
    }

    @Override
    public Transition take(Received in) throws TlsAlertException {
        if (!(in.message() instanceof Finished finished)) throw unexpected(in);
        var proof = in.aligned();
        handshake.requireCorrect(finished, Role.SERVER);
        var seen = handshake.plus(in.bytes());
        if (wanted.isEmpty()) return finish(seen, authenticated, ClientFlight.ofStranger(seen), proof);
        return Transition.to(new WaitClientFlight(seen, authenticated, proof))
                .delegate(() -> ClientFlight.make(seen.seen(), wanted.get()));
    }

    /** @param seen up to and including the server's Finished; closed here */
    private static Transition finish(Encrypted seen, Authenticated authenticated, ClientFlight flight, Aligned proof) {
        var keys = seen.applicationKeys();
        try (seen) {
            var answered = seen.at(flight.flight().transcript());
            var finished = EncodedMessage.of(answered.finished(Role.CLIENT));
            var session = seen.agreement().session(flight.authenticated(authenticated));
            var done = answered.plus(finished.bytes());
            var tickets = ReceivedTickets.of(session, keys, done);
            var sending = keys.sending(Role.CLIENT);
            var late = LateProof.of(done.seen(), sending, session, flight);
            var transition = keys.toldBy(Transition.to(new Connected(keys.receivedFrom(Role.SERVER), tickets, late)))
                    .protectReads(keys.opening(Role.SERVER), proof);
            flight.flight().sentBy(transition);
            // RFC 8446 §4.5: EndOfEarlyData is the last under the keys of early data.
            if (seen.agreement().earlyData()) transition.protectWrites(seen.sealing(Role.CLIENT));
            transition.send(finished);
            return keys.sentBy(transition, sending).export(keys.exporting()).establish(session);
        } catch (RuntimeException unable) {
            keys.close();
            throw unable;
        } finally {
            keys.master().close();
        }
    }

    @Override
    public void close() {
        handshake.close();
    }
}
