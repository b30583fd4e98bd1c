package org.almosttls.handshake.tls13;

import java.util.Optional;
import org.almosttls.config.HandshakeFacts;
import org.almosttls.config.NegotiatedSession;
import org.almosttls.config.NextHandshake;
import org.almosttls.config.SessionStore.NewSessions;
import org.almosttls.config.TlsConfig;
import org.almosttls.crypto.Secret;
import org.almosttls.event.TlsEvent.SecretDerived;
import org.almosttls.handshake.Authenticated;
import org.almosttls.handshake.Heartbeats;
import org.almosttls.handshake.RecordLimits;
import org.almosttls.keyschedule.Hkdf;
import org.almosttls.keyschedule.TrafficSecret;
import org.almosttls.keyschedule.Transcript;
import org.almosttls.record.RecordPadding;
import org.almosttls.record.RecordProtection;
import org.almosttls.record.Tls13Protections;
import org.almosttls.registry.CompressionMethod;
import org.almosttls.registry.NamedGroup;
import org.almosttls.registry.Tls13Suite;

/**
 * What the hellos have agreed on; it holds for the rest of the connection.
 *
 * @param clientRandom by which key logs tell connections apart
 * @param group of the key exchange
 * @param limits as they are for content, without the octet of its type
 * @param known by what the ends know each other already, if they do
 * @param next what is wanted once the client is asked who it is, after the handshake
 * @param earlyData whether the server takes data that came with the client's hello
 */
public record Agreement(
        TlsConfig config,
        Tls13Suite suite,
        byte[] clientRandom,
        NamedGroup group,
        RecordLimits limits,
        Heartbeats heartbeats,
        HandshakeFacts facts,
        Acquaintance known,
        NextHandshake next,
        boolean earlyData) {

    private static final int ID_LENGTH = 32;

    /** The same, now that the server has said more. */
    public Agreement with(RecordLimits agreedLimits, Heartbeats agreedHeartbeats, HandshakeFacts newFacts) {
        return new Agreement(
                config, suite, clientRandom, group, agreedLimits, agreedHeartbeats, newFacts, known, next, earlyData);
    }

    /** The same where this end wants something else by now. */
    public Agreement with(TlsConfig byNow) {
        return new Agreement(byNow, suite, clientRandom, group, limits, heartbeats, facts, known, next, earlyData);
    }

    /** The same, now that it is known what is to be judged together with the certificate. */
    public Agreement with(HandshakeFacts newFacts) {
        return with(limits, heartbeats, newFacts);
    }

    /** The same, early data being taken. */
    public Agreement withEarlyData() {
        return new Agreement(config, suite, clientRandom, group, limits, heartbeats, facts, known, next, true);
    }

    public Hkdf hkdf() {
        return new Hkdf(config.crypto(), suite.hash());
    }

    /** RFC 8446 §4.4.1: Transcript-Hash. */
    public byte[] hash(Transcript transcript) {
        return transcript.hash(config.crypto(), suite.hash());
    }

    /** For what this end sends under this secret. */
    public RecordProtection sealing(TrafficSecret secret) {
        try (var keys = secret.recordKeys(suite)) {
            return limits.onSealing(protections().sealing(keys, padding(config)));
        }
    }

    /** For what the peer sends under this secret. */
    public RecordProtection opening(TrafficSecret secret) {
        try (var keys = secret.recordKeys(suite)) {
            return limits.onOpening(protections().opening(keys));
        }
    }

    /** RFC 8446 §5.4: of what this end sends. */
    static RecordPadding padding(TlsConfig config) {
        return RecordPadding.within(
                config.recordSizes().sent(), config.onRequest().paddingBlock());
    }

    private Tls13Protections protections() {
        return new Tls13Protections(suite, config.crypto());
    }

    /** What is told to whoever is entitled to a secret, which stays its owner's to close. */
    public SecretDerived told(String label, Secret secret) {
        return new SecretDerived(label, clientRandom, secret);
    }

    /** What the handshake comes to when it is finished. */
    public NegotiatedSession session(Authenticated authenticated) {
        return new NegotiatedSession(
                facts.version(),
                facts.cipherSuite(),
                known.session().map(NegotiatedSession::id).orElseGet(this::freshId),
                known.session().map(NegotiatedSession::created).orElseGet(config.clock()::now),
                Optional.of(group),
                authenticated.serverScheme(),
                authenticated.peerSchemes(),
                // RFC 8446 §D: all that it does for TLS 1.2 is always done here.
                true,
                limits.ofSession(),
                CompressionMethod.NULL,
                authenticated.peerChain(),
                authenticated.localChain(),
                facts.serverNames(),
                facts.applicationProtocol(),
                facts.statusResponses(),
                known.externalIdentity(),
                earlyData);
    }

    /**
     * Whether the session may go on by tickets. One that rests on an external key need not, since that is there the next
     * time as well; and who shows certificates to judge must not be taken for who has once had the key.
     */
    public boolean makesTickets() {
        return known.externalIdentity().isEmpty();
    }

    /** What it goes on as where its client proves more: who held it before must not be taken for who does now. */
    public NegotiatedSession renewed(NegotiatedSession before) {
        return before.withId(freshId());
    }

    /** RFC 8446 has none; one that is made up is what applications know a session by. */
    private byte[] freshId() {
        boolean kept = makesTickets()
                && config.sessions().newSessions() == NewSessions.KEPT
                && config.sessions().usesTickets();
        return kept ? config.randomness().bytes(ID_LENGTH) : new byte[0];
    }
}
