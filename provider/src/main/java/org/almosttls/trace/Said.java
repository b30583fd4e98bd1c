package org.almosttls.trace;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import org.almosttls.alert.TlsAlertException;
import org.almosttls.message.Certificate;
import org.almosttls.message.CertificateRequest;
import org.almosttls.message.ClientHello;
import org.almosttls.message.HandshakeDecoder;
import org.almosttls.message.HandshakeMessage;
import org.almosttls.message.ServerHello;
import org.almosttls.message.ServerKeyExchange;
import org.almosttls.message.ServerParams.ServerDhParams;
import org.almosttls.registry.HandshakeType;
import org.almosttls.registry.KeyExchange;
import org.almosttls.registry.ProtocolVersion;
import org.almosttls.registry.Role;
import org.almosttls.registry.Tls12Suite;

/**
 * What the two ends said in one handshake, as far as a session's line is made of it. Kept as it came over the wire: what
 * a message is decoded to takes many times its octets if its sender wants so, and a session may last.
 */
final class Said {

    private final Map<Role, Map<HandshakeType, byte[]>> messages = new EnumMap<>(Role.class);
    private final List<String> textbook = new ArrayList<>();
    private Optional<String> last = Optional.empty();
    private Optional<Integer> fieldBits = Optional.empty();

    void take(Role by, HandshakeMessage message, byte[] bytes) {
        last = Optional.of((by == Role.CLIENT ? "the client's " : "the server's ") + nameOf(message.type()));
        // AlmostTLSv1 has three messages; a peer that goes on is not listened to.
        if (isTextbook(message.type()) && textbook.size() < 3) textbook.add(nameOf(message.type()));
        if (!isKept(message.type())) return;
        // RFC 8446 §4.1.4: a server that asks for another hello has not chosen yet.
        if (message instanceof ServerHello hello && hello.isHelloRetryRequest()) return;
        messages.computeIfAbsent(by, role -> new EnumMap<>(HandshakeType.class))
                .putIfAbsent(message.type(), bytes.clone());
    }

    private boolean isTextbook(HandshakeType type) {
        return type == HandshakeType.HELLO || !textbook.isEmpty();
    }

    /** The messages of an AlmostTLSv1 handshake in order, empty for any other. */
    List<String> textbook() {
        return List.copyOf(textbook);
    }

    private static boolean isKept(HandshakeType type) {
        return switch (type) {
            case CLIENT_HELLO, SERVER_HELLO, CERTIFICATE, SERVER_KEY_EXCHANGE, CERTIFICATE_REQUEST -> true;
            default -> false;
        };
    }

    /** As the RFCs spell it, such as {@code ClientHello}. */
    private static String nameOf(HandshakeType type) {
        return Arrays.stream(type.name().split("_"))
                .map(word -> word.charAt(0) + word.substring(1).toLowerCase(Locale.ROOT))
                .collect(Collectors.joining());
    }

    /** Once the session has them, certificates need not be kept twice for as long as it runs. */
    void forgetProofs() {
        fieldBits = fieldBits();
        messages.values().forEach(each -> {
            each.remove(HandshakeType.CERTIFICATE);
            each.remove(HandshakeType.SERVER_KEY_EXCHANGE);
        });
    }

    /** Whose message came last and which it was, such as {@code the client's ClientHello}. */
    Optional<String> last() {
        return last;
    }

    Optional<ClientHello> clientHello() {
        return find(Role.CLIENT, HandshakeType.CLIENT_HELLO, ClientHello.class);
    }

    Optional<ServerHello> serverHello() {
        return find(Role.SERVER, HandshakeType.SERVER_HELLO, ServerHello.class);
    }

    /** What it looks like depends on the suite. */
    Optional<ServerKeyExchange> serverKeyExchange() {
        return find(Role.SERVER, HandshakeType.SERVER_KEY_EXCHANGE, ServerKeyExchange.class);
    }

    /** RFC 5246 §7.4.3: the size of the prime that the server has chosen for DHE. */
    Optional<Integer> fieldBits() {
        return serverKeyExchange()
                .map(ServerKeyExchange::params)
                .filter(ServerDhParams.class::isInstance)
                .map(params -> ((ServerDhParams) params).prime().bitLength())
                .or(() -> fieldBits);
    }

    Optional<CertificateRequest> certificateRequest() {
        return find(Role.SERVER, HandshakeType.CERTIFICATE_REQUEST, CertificateRequest.class);
    }

    /** The certificates that this end sent, its own first; empty if none. */
    List<byte[]> chainOf(Role role) {
        return find(role, HandshakeType.CERTIFICATE, Certificate.class)
                .map(Certificate::chain)
                .orElse(List.of());
    }

    private <M extends HandshakeMessage> Optional<M> find(Role by, HandshakeType type, Class<M> kind) {
        return Optional.ofNullable(messages.getOrDefault(by, Map.of()).get(type))
                .flatMap(message -> decoded(message, type))
                .filter(kind::isInstance)
                .map(kind::cast);
    }

    /** Of the messages that are kept only ServerKeyExchange depends on the key exchange. */
    private Optional<HandshakeMessage> decoded(byte[] message, HandshakeType type) {
        var exchange = type == HandshakeType.SERVER_KEY_EXCHANGE ? keyExchange() : KeyExchange.ECDHE;
        // Hellos are the same in both.
        boolean isOf11 = type != HandshakeType.SERVER_HELLO
                && serverHello()
                        .filter(hello -> hello.legacyVersion().equals(ProtocolVersion.TLS_1_1))
                        .isPresent();
        try {
            return Optional.of(
                    (isOf11 ? HandshakeDecoder.tls11(exchange) : HandshakeDecoder.tls12(exchange)).decode(message));
        } catch (TlsAlertException unreadable) {
            return Optional.empty();
        }
    }

    private KeyExchange keyExchange() {
        return serverHello()
                .flatMap(hello -> Tls12Suite.of(hello.cipherSuite()))
                .map(Tls12Suite::keyExchange)
                .orElse(KeyExchange.ECDHE);
    }
}
