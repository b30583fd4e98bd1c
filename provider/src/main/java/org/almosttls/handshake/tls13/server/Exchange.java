package org.almosttls.handshake.tls13.server;

import java.security.cert.X509Certificate;
import java.util.List;
import java.util.Optional;
import org.almosttls.alert.TlsAlertException;
import org.almosttls.handshake.Authenticated;
import org.almosttls.handshake.PeerProof;
import org.almosttls.handshake.Received;
import org.almosttls.handshake.Transition;
import org.almosttls.handshake.tls13.ApplicationKeys;
import org.almosttls.handshake.tls13.Certificates;
import org.almosttls.handshake.tls13.Encrypted;
import org.almosttls.handshake.tls13.Seen;
import org.almosttls.message.Finished;
import org.almosttls.record.Aligned;
import org.almosttls.registry.Role;

/**
 * A handshake whose server has said its part, and awaits the client's. Owns all keys but those by which this end sends.
 *
 * @param keys derived when the server's Finished was the last message
 * @param terms what the client is given, and takes, when the handshake is over
 */
record Exchange(Encrypted handshake, ApplicationKeys keys, Authenticated authenticated, Terms terms)
        implements Inquiry {

    /**
     * RFC 8446 §4.6: what the client's hello permits.
     *
     * @param tickets how many the client is given
     * @param lateAuthentication whether the client can be asked who it is
     */
    record Terms(int tickets, boolean lateAuthentication) {}

    @Override
    public Exchange plus(byte[] message) {
        return new Exchange(handshake.plus(message), keys, authenticated, terms);
    }

    @Override
    public Exchange withPeer(List<X509Certificate> chain) {
        return new Exchange(handshake, keys, authenticated.withPeer(chain), terms);
    }

    @Override
    public List<X509Certificate> peerChain() {
        return authenticated.peerChain();
    }

    @Override
    public byte[] requestContext() {
        return Certificates.NO_CONTEXT;
    }

    @Override
    public PeerProof peerProof() {
        return PeerProof.NOT_POSSIBLE;
    }

    @Override
    public Seen seen() {
        return handshake.seen();
    }

    @Override
    public Transition onFinished(Finished finished, Received in) throws TlsAlertException {
        var proof = in.aligned();
        handshake.requireCorrect(finished, Role.CLIENT);
        return plus(in.bytes()).established(proof);
    }

    /** RFC 8446 §4.4.4: the client is done too. */
    private Transition established(Aligned proof) {
        var tickets = tickets();
        try (handshake) {
            var session = agreement().session(authenticated);
            var asking = new Asking(seen(), session, tickets.map(GivenTickets::afterOneRound));
            var late = Optional.of(asking).filter(it -> terms.lateAuthentication);
            var transition = Transition.to(new Connected(keys.receivedFrom(Role.CLIENT), late))
                    .protectReads(keys.opening(Role.CLIENT), proof);
            tickets.ifPresent(all -> all.sentBy(transition, session));
            if (late.isEmpty()) asking.close();
            return transition.export(keys.exporting()).establish(session);
        } catch (RuntimeException unable) {
            tickets.ifPresent(GivenTickets::close);
            throw unable;
        } finally {
            keys.master().close();
        }
    }

    private Optional<GivenTickets> tickets() {
        if (terms.tickets == 0) return Optional.empty();
        var secret = keys.master().resumptionMasterSecret(seen().hash());
        return Optional.of(new GivenTickets(agreement().config(), secret, terms.tickets, 0));
    }

    @Override
    public void close() {
        handshake.close();
        keys.close();
    }
}
