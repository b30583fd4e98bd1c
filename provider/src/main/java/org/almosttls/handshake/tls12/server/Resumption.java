package org.almosttls.handshake.tls12.server;

import java.util.List;
import java.util.Optional;
import org.almosttls.alert.TlsAlertException;
import org.almosttls.alert.Violation;
import org.almosttls.config.ClientAuthentication;
import org.almosttls.config.NegotiatedSession;
import org.almosttls.config.ResumableSession;
import org.almosttls.config.TlsConfig;
import org.almosttls.extension.ExtendedMasterSecret;
import org.almosttls.handshake.tls12.Compression;
import org.almosttls.handshake.tls12.Flight;
import org.almosttls.handshake.tls12.RecordLimits;
import org.almosttls.handshake.tls12.Secured;
import org.almosttls.keyschedule.Transcript;
import org.almosttls.registry.Tls12Suite;

/** RFC 5246 §7.3, §7.4.1.3: whether the server goes on with the session that the client offers, and what it says then. */
record Resumption(TlsConfig config, ClientOffer offer) {

    /** Nothing if a full handshake is due. */
    Optional<ResumedFlight> make(Transcript seen) throws TlsAlertException {
        byte[] id = offer.hello().sessionId();
        var known = id.length == 0 || !offer.past().mayResume()
                ? Optional.<ResumableSession>empty()
                : config.sessions().find(id);
        return known.isPresent() ? make(known.get(), seen) : Optional.empty();
    }

    private Optional<ResumedFlight> make(ResumableSession known, Transcript seen) throws TlsAlertException {
        try {
            if (willDo(known)) return Optional.of(resume(known, seen));
        } catch (TlsAlertException | RuntimeException unable) {
            known.close();
            throw unable;
        }
        known.close();
        return Optional.empty();
    }

    private boolean willDo(ResumableSession known) throws TlsAlertException {
        var suites = config.cipherSuites().stream()
                .filter(offer.hello().cipherSuites()::contains)
                .toList();
        return known.fits(List.of(offer.rules().version()), suites, offer.serverNames())
                // RFC 6066 §4: the length holds for resumptions of the session too.
                && known.session().fragmentLength()
                        == RecordLimits.chosen(config, offer.hello().extensions())
                                .ofSession()
                // RFC 5246 §7.4.1.3: the method of a resumed session is its own.
                && known.session().compression().equals(Compression.choose(config, offer.hello()))
                && staysBound(known.session())
                && showsWhoIsNeeded(known.session());
    }

    /** RFC 7627 §5.3: a session that was not bound to its handshake gives way to one that is, and never the reverse. */
    private boolean staysBound(NegotiatedSession session) throws TlsAlertException {
        boolean extended = offer.has(ExtendedMasterSecret.class);
        Violation.EXTENDED_MASTER_SECRET_CHANGED.when(session.extendedMasterSecret() && !extended);
        return session.extendedMasterSecret();
    }

    private boolean showsWhoIsNeeded(NegotiatedSession session) {
        return config.clientAuthentication() != ClientAuthentication.NEED
                || !session.peerChain().isEmpty();
    }

    private ResumedFlight resume(ResumableSession known, Transcript seen) throws TlsAlertException {
        var session = known.session();
        var suite = Tls12Suite.of(session.cipherSuite()).orElseThrow();
        var agreement = new HelloChoices(config, offer).on(suite, session.id(), session.created());
        var flight = Flight.after(seen).plus(new AnsweringHello(agreement, offer).resuming());
        return new ResumedFlight(flight, Secured.resuming(agreement, known, flight.transcript()));
    }
}
