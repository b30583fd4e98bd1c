package org.almosttls.handshake.tls12;

import java.util.Optional;
import org.almosttls.alert.TlsAlertException;
import org.almosttls.alert.Violation;
import org.almosttls.config.NegotiatedSession;
import org.almosttls.config.ResumableSession;
import org.almosttls.config.SessionStore.NewSessions;
import org.almosttls.config.Ticket;
import org.almosttls.event.TlsEvent.SecretDerived;
import org.almosttls.handshake.Authenticated;
import org.almosttls.handshake.Transition;
import org.almosttls.keyschedule.Transcript;
import org.almosttls.message.EncodedMessage;
import org.almosttls.message.Finished;
import org.almosttls.record.RecordProtection;
import org.almosttls.record.Tls12Protections;
import org.almosttls.registry.Role;

/** A handshake whose keys exist; what is left is to prove that both ends saw the same. Owns the keys. */
public record Secured(Agreement agreement, Authenticated authenticated, SessionKeys keys, Transcript transcript)
        implements AutoCloseable {

    /** RFC 9850 §2.2: the label of a master secret in a key log. */
    private static final String KEY_LOG_LABEL = "CLIENT_RANDOM";

    private static final int MADE_UP_ID_LENGTH = 32;

    public Secured plus(byte[] message) {
        return new Secured(agreement, authenticated, keys, transcript.plus(message));
    }

    /** As far as {@code seen}. */
    public Secured at(Transcript seen) {
        return new Secured(agreement, authenticated, keys, seen);
    }

    /** RFC 5246 §7.4.9: over all messages so far, the Finished itself excepted. */
    public Finished finished(Role sender) {
        return new Finished(keys.master().verifyData(sender, transcriptHash()));
    }

    /** RFC 5246 §7.4.9: whoever receives Finished must verify that its contents are correct. */
    public void requireCorrect(Finished finished, Role sender) throws TlsAlertException {
        Violation.WRONG_FINISHED.unless(keys.master().verifies(sender, transcriptHash(), finished.verifyData()));
    }

    /** RFC 5246 §7.3: the same keys' offspring for another connection; takes the secret over, also if it fails. */
    public static Secured resuming(Agreement agreement, ResumableSession known, Transcript transcript) {
        try {
            var keys = SessionKeys.resumed(agreement, known.master());
            return new Secured(agreement, Authenticated.before(known.session()), keys, transcript);
        } catch (RuntimeException unable) {
            known.close();
            throw unable;
        }
    }

    /** For what {@code sender}, this end, sends. */
    public RecordProtection sealing(Role sender) {
        return agreement.limits().onSealing(protections().sealing(keys.block().writtenBy(sender)));
    }

    /** For what {@code sender}, the peer, sends. */
    public RecordProtection opening(Role sender) {
        return agreement.limits().onOpening(protections().opening(keys.block().writtenBy(sender)));
    }

    /** RFC 5246 §7.1, §7.4.9: {@code sender}, this end, turns to its keys, and Finished is the first under them. */
    public Transition turning(Transition transition, Role sender, EncodedMessage finished) {
        return transition.sendChangeCipherSpec().protectWrites(sealing(sender)).send(finished);
    }

    /** The master secret for who is entitled to it; it stays ours to close. */
    public SecretDerived secretDerived() {
        return new SecretDerived(
                KEY_LOG_LABEL, agreement.randoms().client(), keys.master().secret());
    }

    public NegotiatedSession session() {
        return agreement.session(authenticated);
    }

    /** RFC 5746 §3.1: what another handshake on the same connection has to know of this one. */
    public Renegotiation leaving(Finished ofClient, Finished ofServer) {
        var past = agreement.past();
        var session = session();
        return new Renegotiation(
                past.renewal(),
                session,
                session.peerChain().isEmpty() ? past.provenPeer() : session.peerChain(),
                past.encryptThenMac() || agreement.encryptThenMac(),
                agreement.secureRenegotiation(),
                ofClient.verifyData(),
                ofServer.verifyData(),
                past.patience());
    }

    /** The session and its secret, which stays ours to close. */
    public ResumableSession resumable() {
        return new ResumableSession(session(), keys.master().secret());
    }

    /** Ends a full handshake; its session is kept if it is one to be resumed. */
    public Transition established(Transition transition) {
        return established(transition, Optional.empty());
    }

    /** The same at a client, which may have been given a ticket. */
    public Transition established(Transition transition, Optional<Ticket> ticket) {
        // RFC 5077 §3.4: with a ticket the server's id means nothing; one that is made up shows who resumes by ticket.
        var session = ticket.isPresent() ? session().withId(madeUpId()) : session();
        boolean kept = agreement.config().sessions().newSessions() == NewSessions.KEPT;
        // RFC 7627 §5.3: without extended master secret no session should be resumed, so none is kept.
        if (kept && session.id().length > 0 && session.extendedMasterSecret())
            transition.keep(new ResumableSession(session, keys.master().secret(), ticket).copy());
        return established(transition, session);
    }

    /** Ends an abbreviated handshake, whose session is one that is kept already. */
    public Transition resumed(Transition transition) {
        return established(transition, session());
    }

    /** RFC 7627 §5.4: without extended master secret no key may be exported, since a third party may know it. */
    private Transition established(Transition transition, NegotiatedSession session) {
        if (session.extendedMasterSecret())
            transition.export(new Tls12Exporter(keys.master().copy(), agreement.randoms()));
        return transition.establish(session);
    }

    /** The same at a client, which may have been given another ticket (RFC 5077 §3.3). */
    public Transition resumed(Transition transition, Optional<Ticket> ticket) {
        if (ticket.isPresent())
            transition.keep(new ResumableSession(session(), keys.master().secret(), ticket).copy());
        return resumed(transition);
    }

    private byte[] madeUpId() {
        return agreement.config().randomness().bytes(MADE_UP_ID_LENGTH);
    }

    @Override
    public void close() {
        keys.close();
    }

    private Tls12Protections protections() {
        var config = agreement.config();
        return new Tls12Protections(
                agreement.rules().version().code(),
                agreement.suite(),
                agreement.encryptThenMac(),
                agreement.compression(),
                config.crypto(),
                config.randomness());
    }

    private byte[] transcriptHash() {
        return agreement.prf().hash(transcript);
    }
}
