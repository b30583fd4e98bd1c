package org.almosttls.handshake.tls13.client;

import java.util.List;
import java.util.Optional;
import org.almosttls.config.ResumableSession;
import org.almosttls.config.Ticket;
import org.almosttls.config.TlsConfig;
import org.almosttls.handshake.Transition;
import org.almosttls.handshake.tls13.EarlyKeys;
import org.almosttls.keyschedule.EarlySecret;
import org.almosttls.keyschedule.Hkdf;
import org.almosttls.keyschedule.Transcript;
import org.almosttls.message.ClientHello;
import org.almosttls.message.EncodedMessage;
import org.almosttls.registry.CipherSuite;
import org.almosttls.registry.Tls13Suite;

/** RFC 8446 §4.2.10: what a client sends right behind its hello, under the keys of the session that it would go on with. */
public record EarlyFlight(TlsConfig config, ResumableSession session) {

    /** If the caller has something to send so, and the session is one to send it with. */
    public static Optional<EarlyFlight> of(TlsConfig config, OfferedKeys keys, List<CipherSuite> suites) {
        return keys.session()
                .map(session -> new EarlyFlight(config, session))
                .filter(flight -> flight.isWanted() && flight.fits(suites));
    }

    private boolean isWanted() {
        return config.early().toSend().length > 0;
    }

    /** RFC 8446 §4.2.10, §4.6.1: no more than the ticket permits; suite and protocol must be able to stay the same. */
    private boolean fits(List<CipherSuite> suites) {
        long most = session.ticket().map(Ticket::earlyOctets).orElse(0L);
        var protocols = config.applicationProtocols();
        var protocol = session.session().applicationProtocol();
        return config.early().toSend().length <= most
                && suites.contains(session.session().cipherSuite())
                && protocol.map(protocols::contains).orElse(protocols.isEmpty());
    }

    /** RFC 8446 §D.4: ChangeCipherSpec right behind the hello, which has gone already. */
    public Transition sentBy(Transition begun, EncodedMessage hello) {
        var suite = Tls13Suite.of(session.session().cipherSuite()).orElseThrow();
        var keys = derive(suite, hello);
        begun.fixSentVersion(WaitHandshakeKeys.RECORD_VERSION);
        if (((ClientHello) hello.message()).sessionId().length > 0) begun.sendChangeCipherSpec();
        return keys.toldBy(begun)
                .protectWrites(keys.sealing())
                .sendEarlyData(config.early().toSend())
                .erase(keys);
    }

    private EarlyKeys derive(Tls13Suite suite, EncodedMessage hello) {
        try (var early = EarlySecret.of(new Hkdf(config.crypto(), suite.hash()), session.master())) {
            var seen = Transcript.EMPTY.plus(hello.bytes());
            return EarlyKeys.derive(config, suite, early, (ClientHello) hello.message(), seen);
        }
    }
}
