package org.almosttls.agent.observe;

import java.util.EnumSet;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import org.almosttls.alert.AlertLevel;
import org.almosttls.alert.TlsAlertException;
import org.almosttls.event.Direction;
import org.almosttls.event.TlsEvent;
import org.almosttls.event.TlsEvent.AlertTransferred;
import org.almosttls.event.TlsEvent.HandshakeCompleted;
import org.almosttls.event.TlsEvent.MessageTransferred;
import org.almosttls.event.TlsEvent.MessageUndecoded;
import org.almosttls.extension.KeyShare;
import org.almosttls.extension.SelectedPreSharedKey;
import org.almosttls.message.Certificate;
import org.almosttls.message.ClientHello;
import org.almosttls.message.HandshakeDecoder;
import org.almosttls.message.HandshakeMessage;
import org.almosttls.message.ServerHello;
import org.almosttls.message.ServerKeyExchange;
import org.almosttls.message.ServerParams.ServerEcdhParams;
import org.almosttls.registry.CipherSuite;
import org.almosttls.registry.ExtensionType;
import org.almosttls.registry.HandshakeType;
import org.almosttls.registry.KeyExchange;
import org.almosttls.registry.NamedGroup;
import org.almosttls.registry.ProtocolVersion;
import org.almosttls.registry.SignatureScheme;
import org.almosttls.registry.Tls12Suite;

/** What both ends say of a handshake as long as anybody can read it. */
final class WatchedHandshake {

    private final Set<Direction> unreadable = EnumSet.noneOf(Direction.class);
    private Optional<ClientHello> clientHello = Optional.empty();
    private Optional<Answer> answer = Optional.empty();
    private Optional<ServerKeyExchange> serverKeyExchange = Optional.empty();
    private Optional<AlertTransferred> fatal = Optional.empty();
    private boolean lacksCertificate;

    /** The ServerHello, the version that it chooses, and how all is read that comes behind it. */
    private record Answer(ServerHello hello, ProtocolVersion version, HandshakeDecoder decoder) {

        static Answer of(ServerHello hello) {
            return new Answer(hello, hello.version(), decoder(hello.version(), hello.cipherSuite()));
        }

        private static HandshakeDecoder decoder(ProtocolVersion chosen, CipherSuite suite) {
            if (chosen.equals(ProtocolVersion.TLS_1_3)) return HandshakeDecoder.TLS_1_3;
            KeyExchange exchange =
                    Tls12Suite.of(suite).map(Tls12Suite::keyExchange).orElse(KeyExchange.ECDHE);
            return chosen.equals(ProtocolVersion.TLS_1_2)
                    ? HandshakeDecoder.tls12(exchange)
                    : HandshakeDecoder.tls11(exchange);
        }
    }

    /**
     * Finds out what it comes to; to be called in the order in which things were seen.
     *
     * @return whether what follows in its direction can be read too
     */
    synchronized boolean read(Seen seen, Consumer<TlsEvent> to) {
        if (seen instanceof Seen.Message message) return read(message, to);
        if (seen instanceof Seen.Done done) finish(done, to);
        if (seen instanceof Seen.Event other) pass(other.event(), to);
        return true;
    }

    private boolean read(Seen.Message seen, Consumer<TlsEvent> to) {
        Direction direction = seen.direction();
        if (unreadable.contains(direction)) return false;
        try {
            HandshakeMessage message = decoder().decode(seen.octets());
            take(direction, message);
            to.accept(new MessageTransferred(direction, message, seen.octets()));
            return true;
        } catch (TlsAlertException undecoded) {
            // Then the stack itself finds fault with it, and says so.
            unreadable.add(direction);
            to.accept(MessageUndecoded.of(direction, seen.octets(), why(seen.type(), undecoded)));
            return false;
        }
    }

    private void take(Direction direction, HandshakeMessage message) {
        if (message instanceof ClientHello hello) clientHello = Optional.of(hello);
        // RFC 8446 §4.1.4: a server that asks for another hello has not answered yet.
        if (message instanceof ServerHello hello && !hello.isHelloRetryRequest())
            answer = Optional.of(Answer.of(hello));
        if (message instanceof ServerKeyExchange exchange) serverKeyExchange = Optional.of(exchange);
        if (message instanceof Certificate certificate && certificate.chain().isEmpty())
            lacksCertificate = direction == Direction.RECEIVED;
    }

    private void pass(TlsEvent event, Consumer<TlsEvent> to) {
        if (event instanceof AlertTransferred alert && alert.level() == AlertLevel.FATAL && fatal.isEmpty())
            fatal = Optional.of(alert);
        to.accept(event);
    }

    /** What was said is told; a handshake that follows is under protection. */
    private void finish(Seen.Done done, Consumer<TlsEvent> to) {
        done.as().negotiated(this).ifPresent(known -> {
            to.accept(done.isFirst() ? done.as().hidden(known, this) : Established.HIDDEN_OF_RENEGOTIATIONS);
            to.accept(new HandshakeCompleted(known));
        });
        clientHello = Optional.empty();
        answer = Optional.empty();
        serverKeyExchange = Optional.empty();
        lacksCertificate = false;
    }

    /** RFC 5246 §7.4.3, §7.4.7: how keys are exchanged in a suite that is not known here is not known either. */
    private Optional<TlsAlertException> why(int type, TlsAlertException undecoded) {
        boolean exchanges =
                type == HandshakeType.SERVER_KEY_EXCHANGE.code() || type == HandshakeType.CLIENT_KEY_EXCHANGE.code();
        boolean isForeign = exchanges && cipherSuite().flatMap(Tls12Suite::of).isEmpty();
        return isForeign ? Optional.empty() : Optional.of(undecoded);
    }

    private HandshakeDecoder decoder() {
        return answer.map(Answer::decoder).orElse(HandshakeDecoder.HELLOS);
    }

    /** The first fatal alert that passed in plaintext. */
    synchronized Optional<AlertTransferred> fatal() {
        return fatal;
    }

    /** RFC 5246 §7.4.6: whether the client was asked who it is, and this server got no certificate. */
    synchronized boolean lacksCertificate() {
        return lacksCertificate;
    }

    /** Whether it could be read from its beginning on. */
    synchronized boolean isSeen() {
        return clientHello.isPresent();
    }

    synchronized Optional<ProtocolVersion> version() {
        return answer.map(Answer::version);
    }

    synchronized Optional<CipherSuite> cipherSuite() {
        return answer.map(Answer::hello).map(ServerHello::cipherSuite);
    }

    /** Of the key exchange; by Diffie-Hellman before TLS 1.3 its field has no name on the wire. */
    synchronized Optional<NamedGroup> group() {
        return answer.flatMap(said -> said.hello().extensions().find(KeyShare.class))
                .map(share -> share.entry().group())
                .or(() -> serverKeyExchange
                        .map(ServerKeyExchange::params)
                        .filter(ServerEcdhParams.class::isInstance)
                        .map(params -> ((ServerEcdhParams) params).group()));
    }

    /** What the server signed with, which in TLS 1.3 nobody sees. */
    synchronized Optional<SignatureScheme> scheme() {
        return serverKeyExchange.map(ServerKeyExchange::scheme).filter(SignatureScheme::isSaid);
    }

    synchronized boolean extendsMasterSecret() {
        return answer.filter(said -> said.version().equals(ProtocolVersion.TLS_1_3)
                        || said.hello().extensions().has(ExtensionType.EXTENDED_MASTER_SECRET))
                .isPresent();
    }

    /** RFC 8446 §4.2.11: whether the keys come of a session that was there before, so that nobody signs. */
    synchronized boolean resumes13() {
        return answer.flatMap(said -> said.hello().extensions().find(SelectedPreSharedKey.class))
                .isPresent();
    }

    synchronized byte[] sessionId() {
        return answer.map(Answer::hello).map(ServerHello::sessionId).orElseGet(() -> new byte[0]);
    }
}
