package org.almosttls.handshake.tls13.client;

import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.almosttls.alert.TlsAlertException;
import org.almosttls.alert.Violation;
import org.almosttls.config.Frequency;
import org.almosttls.config.NegotiatedSession;
import org.almosttls.handshake.tls13.Certificates;
import org.almosttls.handshake.tls13.LateAuthentication;
import org.almosttls.handshake.tls13.Seen;
import org.almosttls.handshake.tls13.SendingKeys;
import org.almosttls.message.CertificateRequest13;
import org.almosttls.message.EncodedMessage;

/**
 * RFC 8446 §4.6.2: what a client that has offered it needs to say who it is whenever its server asks.
 *
 * @param handshake up to and including the client's Finished
 * @param sending the connection's, to be asked where nothing can be sent in between
 * @param asked how often it was asked within a minute
 * @param contexts of the last requests
 */
record LateProof(
        Seen handshake, SendingKeys sending, NegotiatedSession session, Frequency asked, List<byte[]> contexts) {

    /** Each costs a signature, and its answer is longer than itself. */
    private static final int MOST_IN_A_MINUTE = 16;

    private static final int MOST_REMEMBERED = 64;

    /**
     * Nothing if the server was not told that it may ask, or must not where such data flows.
     *
     * @param before what the client has answered in the handshake
     */
    static Optional<LateProof> of(Seen handshake, SendingKeys sending, NegotiatedSession session, ClientFlight before) {
        var agreement = handshake.agreement();
        if (!LateAuthentication.isOffered(agreement.config()) || !LateAuthentication.isPossible(agreement))
            return Optional.empty();
        var contexts = before.localChain().stream().map(chain -> Certificates.NO_CONTEXT);
        return Optional.of(new LateProof(handshake, sending, session, Frequency.NEVER, contexts.toList()));
    }

    /** The same where one more request has come. */
    LateProof after(CertificateRequest13 request) throws TlsAlertException {
        var context = request.requestContext();
        // RFC 8446 §4.3.2: unique within the connection.
        Violation.CERTIFICATE_CONTEXT_REPEATED.when(
                contexts.stream().anyMatch(before -> Arrays.equals(before, context)));
        var again = asked.again(handshake.agreement().config().clock().nanoTime());
        Violation.TOO_MANY_CERTIFICATE_REQUESTS.when(again.times() > MOST_IN_A_MINUTE);
        var remembered = Stream.concat(Stream.of(context), contexts.stream()).limit(MOST_REMEMBERED);
        return new LateProof(handshake, sending, session, again, remembered.toList());
    }

    /** RFC 8446 §4.4.1: what the answer is about: the handshake, and the request. */
    Seen with(byte[] request) throws TlsAlertException {
        var agreement = handshake.agreement();
        return new Seen(agreement.with(agreement.next().late()), handshake.transcript()).plus(request);
    }

    /** What the answer makes of the session. */
    LateProof after(ClientFlight answer) {
        var shown = answer.localChain().orElse(List.of());
        // Whoever declines stays who it was; it is another session all the same, for who tells them apart by that.
        var now = shown.isEmpty()
                ? session.withId(session.id())
                : handshake.agreement().renewed(session).withLocalChain(shown);
        return new LateProof(handshake, sending, now, asked, contexts);
    }

    /** The answer, whole; asked for where nothing can be sent in between. */
    List<EncodedMessage> messages(ClientFlight answer) {
        var flight = answer.flight();
        return flight.plus(sending.finished(handshake.at(flight.transcript()))).messages();
    }
}
