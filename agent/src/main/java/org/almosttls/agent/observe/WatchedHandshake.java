package org.almosttls.agent.observe;

import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.Optional;
import org.almosttls.alert.AlertDescription;
import org.almosttls.alert.AlertLevel;
import org.almosttls.alert.TlsAlertException;
import org.almosttls.event.Direction;
import org.almosttls.event.TlsEvent.AlertTransferred;
import org.almosttls.event.TlsEvent.ChangeCipherSpecTransferred;
import org.almosttls.event.TlsEvent.MessageTransferred;
import org.almosttls.event.TlsEvent.MessageUndecoded;
import org.almosttls.event.TlsEvent.RecordTransferred;
import org.almosttls.event.TlsEventListener.Kind;
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

    private final Telling telling;
    private Optional<ClientHello> clientHello = Optional.empty();
    private Optional<Answer> answer = Optional.empty();
    private Optional<ServerKeyExchange> serverKeyExchange = Optional.empty();
    private Optional<AlertTransferred> fatal = Optional.empty();
    private boolean lacksCertificate;
    private final boolean tellsRecords;

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

    WatchedHandshake(Telling telling) {
        this.telling = telling;
        this.tellsRecords = telling.to().wants(Kind.RECORD);
    }

    Telling telling() {
        return telling;
    }

    /** Whether records are worth an event each; asked once, because each record asks. */
    boolean tellsRecords() {
        return tellsRecords;
    }

    void record(RecordTransferred record) {
        telling.tell(record);
    }

    /** Whether it can be read. */
    synchronized boolean message(Direction direction, byte[] bytes) {
        try {
            take(direction, decoder().decode(bytes), bytes);
            return true;
        } catch (TlsAlertException undecoded) {
            // Then the stack itself finds fault with it, and says so.
            telling.tell(MessageUndecoded.of(direction, bytes, why(bytes[0], undecoded)));
            return false;
        }
    }

    private void take(Direction direction, HandshakeMessage message, byte[] bytes) {
        if (message instanceof ClientHello hello) clientHello = Optional.of(hello);
        if (message instanceof ServerHello hello && !hello.isHelloRetryRequest())
            answer = Optional.of(Answer.of(hello));
        if (message instanceof ServerKeyExchange exchange) serverKeyExchange = Optional.of(exchange);
        if (message instanceof Certificate certificate && certificate.chain().isEmpty())
            lacksCertificate = direction == Direction.RECEIVED;
        telling.tell(new MessageTransferred(direction, message, bytes));
    }

    /** RFC 5246 §7.4.3, §7.4.7: how keys are exchanged in a suite that is not known here is not known either. */
    private Optional<TlsAlertException> why(int type, TlsAlertException undecoded) {
        boolean exchanges =
                type == HandshakeType.SERVER_KEY_EXCHANGE.code() || type == HandshakeType.CLIENT_KEY_EXCHANGE.code();
        boolean isForeign = exchanges && cipherSuite().flatMap(Tls12Suite::of).isEmpty();
        return isForeign ? Optional.empty() : Optional.of(undecoded);
    }

    void undecoded(Direction direction, byte[] header, int octets, Optional<TlsAlertException> why) {
        telling.tell(new MessageUndecoded(direction, header, octets, why));
    }

    private HandshakeDecoder decoder() {
        return answer.map(Answer::decoder).orElse(HandshakeDecoder.HELLOS);
    }

    synchronized void alert(Direction direction, ByteBuffer content) {
        // RFC 5246 §7.2: level and description; what is neither is not readable.
        if (content.remaining() != 2) return;
        int level = content.get() & 0xFF;
        var known = level == AlertLevel.FATAL.code() ? AlertLevel.FATAL : AlertLevel.WARNING;
        if (known.code() != level) return;
        var alert = new AlertTransferred(direction, known, new AlertDescription(content.get() & 0xFF));
        if (alert.level() == AlertLevel.FATAL && fatal.isEmpty()) fatal = Optional.of(alert);
        telling.tell(alert);
    }

    /** RFC 8446 §D.4: in TLS 1.3 it is there for middleboxes only, and may come before the version is known. */
    synchronized boolean changesCipherSpec(Direction direction) {
        telling.tell(new ChangeCipherSpecTransferred(direction));
        return version()
                .filter(chosen -> !chosen.equals(ProtocolVersion.TLS_1_3))
                .isPresent();
    }

    /** The first fatal alert that passed in plaintext. */
    synchronized Optional<AlertTransferred> fatal() {
        return fatal;
    }

    /** RFC 5246 §7.4.6: whether the client was asked who it is, and this server got no certificate. */
    synchronized boolean lacksCertificate() {
        return lacksCertificate;
    }

    /** RFC 8446 §4.1.2: of the client. */
    synchronized Optional<byte[]> clientRandom() {
        return clientHello.map(ClientHello::random);
    }

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

    /** RFC 8446 §4.2.11; before, RFC 5246 §7.4.1.3: the server repeats the id that the client has said. */
    synchronized boolean resumes() {
        if (version().filter(ProtocolVersion.TLS_1_3::equals).isPresent()) return resumes13();
        byte[] said = clientHello.map(ClientHello::sessionId).orElseGet(() -> new byte[0]);
        return said.length > 0 && Arrays.equals(said, sessionId());
    }

    synchronized byte[] sessionId() {
        return answer.map(Answer::hello).map(ServerHello::sessionId).orElseGet(() -> new byte[0]);
    }

    /** It is done, and what was said is told; a handshake that follows is under protection. */
    synchronized void forget() {
        clientHello = Optional.empty();
        answer = Optional.empty();
        serverKeyExchange = Optional.empty();
    }
}
