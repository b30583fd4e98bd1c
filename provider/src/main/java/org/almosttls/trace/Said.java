package org.almosttls.trace;

import java.lang.ref.Reference;
import java.lang.ref.WeakReference;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.almosttls.alert.TlsAlertException;
import org.almosttls.compression.CertificateCompression;
import org.almosttls.extension.ApplicationProtocols;
import org.almosttls.extension.CertificateAuthorities;
import org.almosttls.extension.KeyShare;
import org.almosttls.message.Certificate;
import org.almosttls.message.Certificate13;
import org.almosttls.message.CertificateRequest;
import org.almosttls.message.CertificateRequest13;
import org.almosttls.message.CertificateVerify;
import org.almosttls.message.ClientHello;
import org.almosttls.message.CompressedCertificate;
import org.almosttls.message.EncryptedExtensions;
import org.almosttls.message.HandshakeDecoder;
import org.almosttls.message.HandshakeMessage;
import org.almosttls.message.ServerHello;
import org.almosttls.message.ServerKeyExchange;
import org.almosttls.message.ServerParams.ServerDhParams;
import org.almosttls.message.ServerParams.ServerEcdhParams;
import org.almosttls.registry.HandshakeType;
import org.almosttls.registry.KeyExchange;
import org.almosttls.registry.NamedGroup;
import org.almosttls.registry.ProtocolVersion;
import org.almosttls.registry.Role;
import org.almosttls.registry.SignatureScheme;
import org.almosttls.registry.Tls12Suite;

/**
 * What the two ends said in one handshake, as far as a session's line is made of it. Kept as it came over the wire: what
 * a message is decoded to takes many times its octets if its sender wants so, and a session may last.
 */
final class Said {

    private static final int MOST_DECOMPRESSED = 1 << 17;

    private final Map<Role, Map<HandshakeType, Kept>> messages = new EnumMap<>(Role.class);
    private final List<String> textbook = new ArrayList<>();
    private Optional<Last> last = Optional.empty();
    private Optional<Integer> fieldBits = Optional.empty();
    private boolean full;

    /** A message, and what it is decoded to for as long as nobody wants the memory. */
    private record Kept(byte[] bytes, Reference<HandshakeMessage> decoded) {

        static Kept of(HandshakeMessage message, byte[] bytes) {
            return new Kept(bytes.clone(), new WeakReference<>(message));
        }
    }

    /** Whose message came last. */
    private record Last(Role by, HandshakeType type) {

        private String inWords() {
            return (by == Role.CLIENT ? "the client's " : "the server's ") + nameOf(type);
        }
    }

    void take(Role by, HandshakeMessage message, byte[] bytes) {
        last = Optional.of(new Last(by, message.type()));
        // AlmostTLSv1 has three messages; a peer that goes on is not listened to.
        if (isTextbook(message.type()) && textbook.size() < 3) textbook.add(nameOf(message.type()));
        if (message instanceof ServerKeyExchange exchange && exchange.params() instanceof ServerDhParams field)
            fieldBits = Optional.of(field.prime().bitLength());
        full |= message.type() == HandshakeType.SERVER_HELLO_DONE;
        if (!isKept(message.type())) return;
        // RFC 8446 §4.1.4: a server that asks for another hello has not chosen yet.
        if (message instanceof ServerHello hello && hello.isHelloRetryRequest()) return;
        messages.computeIfAbsent(by, role -> new EnumMap<>(HandshakeType.class))
                .putIfAbsent(message.type(), Kept.of(message, bytes));
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
            case ENCRYPTED_EXTENSIONS, COMPRESSED_CERTIFICATE, CERTIFICATE_VERIFY -> true;
            default -> false;
        };
    }

    /** As the RFCs spell it, such as {@code ClientHello}. */
    static String nameOf(HandshakeType type) {
        return nameOf(type.name());
    }

    /** The same of a name as registries spell it. */
    static String nameOf(String name) {
        return Arrays.stream(name.split("_"))
                .map(word -> word.substring(0, 1).toUpperCase(Locale.ROOT)
                        + word.substring(1).toLowerCase(Locale.ROOT))
                .collect(Collectors.joining());
    }

    /** Once the session has them, certificates need not be kept twice for as long as it runs. */
    void forgetProofs() {
        messages.values().forEach(each -> {
            each.remove(HandshakeType.CERTIFICATE);
            each.remove(HandshakeType.SERVER_KEY_EXCHANGE);
            each.remove(HandshakeType.COMPRESSED_CERTIFICATE);
            each.remove(HandshakeType.CERTIFICATE_VERIFY);
        });
    }

    /** RFC 5246 §7.3: whether the server has said what it says in a full handshake only. */
    boolean isFull() {
        return full;
    }

    /** Whose message came last and which it was, such as {@code the client's ClientHello}. */
    Optional<String> last() {
        return last.map(Last::inWords);
    }

    Optional<ClientHello> clientHello() {
        return find(Role.CLIENT, HandshakeType.CLIENT_HELLO, ClientHello.class);
    }

    /** Of the client's hello. */
    Optional<Fingerprints> fingerprints() {
        return clientHello()
                .map(hello -> Fingerprints.of(hello, messages.get(Role.CLIENT).get(HandshakeType.CLIENT_HELLO).bytes));
    }

    Optional<ServerHello> serverHello() {
        return find(Role.SERVER, HandshakeType.SERVER_HELLO, ServerHello.class);
    }

    /** RFC 8446 §4.2.1: what the server has chosen. */
    Optional<ProtocolVersion> version() {
        return serverHello().map(ServerHello::version);
    }

    /** RFC 7301 §3.1, RFC 8446 §4.3.1: in TLS 1.3 it is said under protection. */
    Optional<String> applicationProtocol() {
        return Stream.of(
                        serverHello().map(ServerHello::extensions),
                        find(Role.SERVER, HandshakeType.ENCRYPTED_EXTENSIONS, EncryptedExtensions.class)
                                .map(EncryptedExtensions::extensions))
                .flatMap(Optional::stream)
                .flatMap(all -> all.find(ApplicationProtocols.class).stream())
                .flatMap(chosen -> chosen.names().stream())
                .findFirst();
    }

    /** Fields have no names on the wire before TLS 1.3; a handshake that finishes knows better. */
    Optional<NamedGroup> group() {
        return serverHello()
                .flatMap(hello -> hello.extensions().find(KeyShare.class))
                .map(share -> share.entry().group())
                .or(() -> serverKeyExchange()
                        .map(ServerKeyExchange::params)
                        .filter(ServerEcdhParams.class::isInstance)
                        .map(params -> ((ServerEcdhParams) params).group()));
    }

    /** What the server signed with. */
    Optional<SignatureScheme> scheme() {
        return serverKeyExchange()
                .map(ServerKeyExchange::scheme)
                .or(() -> find(Role.SERVER, HandshakeType.CERTIFICATE_VERIFY, CertificateVerify.class)
                        .map(CertificateVerify::scheme))
                .filter(SignatureScheme::isSaid);
    }

    /** What it looks like depends on the suite. */
    private Optional<ServerKeyExchange> serverKeyExchange() {
        return find(Role.SERVER, HandshakeType.SERVER_KEY_EXCHANGE, ServerKeyExchange.class);
    }

    /** RFC 5246 §7.4.3: the size of the prime that the server has chosen for DHE. */
    Optional<Integer> fieldBits() {
        return fieldBits;
    }

    /** The names of the CAs, DER, where the server has asked for the client's certificate; none stand for any. */
    Optional<List<byte[]>> requestedAuthorities() {
        return find(Role.SERVER, HandshakeType.CERTIFICATE_REQUEST, CertificateRequest.class)
                .map(CertificateRequest::authorities)
                .or(() -> find(Role.SERVER, HandshakeType.CERTIFICATE_REQUEST, CertificateRequest13.class)
                        .map(request -> request.extensions()
                                .find(CertificateAuthorities.class)
                                .map(CertificateAuthorities::authorities)
                                .orElse(List.of())));
    }

    /** The certificates that this end sent, its own first; empty if none. */
    List<byte[]> chainOf(Role role) {
        return find(role, HandshakeType.CERTIFICATE, Certificate.class)
                .map(Certificate::chain)
                .or(() -> find(role, HandshakeType.CERTIFICATE, Certificate13.class)
                        .or(() -> find(role, HandshakeType.COMPRESSED_CERTIFICATE, CompressedCertificate.class)
                                .flatMap(Said::decompressed))
                        .map(Certificate13::chain))
                .orElse(List.of());
    }

    /** RFC 8879 §4; nothing of what is no good, or of a length that no handshake would take. */
    static Optional<Certificate13> decompressed(CompressedCertificate message) {
        var how = CertificateCompression.of(message.algorithm());
        if (how.isEmpty() || message.uncompressedLength() > MOST_DECOMPRESSED) return Optional.empty();
        try {
            var body = how.get().decompress(message.compressed(), message.uncompressedLength());
            return Optional.of(Certificate13.ofBody(body));
        } catch (TlsAlertException unreadable) {
            return Optional.empty();
        }
    }

    private <M extends HandshakeMessage> Optional<M> find(Role by, HandshakeType type, Class<M> kind) {
        var kept = messages.getOrDefault(by, Map.of()).get(type);
        if (kept == null) return Optional.empty();
        var message = kept.decoded.get();
        return Optional.ofNullable(message)
                .or(() -> decodeAgain(by, type, kept.bytes))
                .filter(kind::isInstance)
                .map(kind::cast);
    }

    private Optional<HandshakeMessage> decodeAgain(Role by, HandshakeType type, byte[] bytes) {
        try {
            var message = decoder(type).decode(bytes);
            messages.get(by).put(type, new Kept(bytes, new WeakReference<>(message)));
            return Optional.of(message);
        } catch (TlsAlertException unreadable) {
            return Optional.empty();
        }
    }

    /** Of the messages that are kept only ServerKeyExchange depends on the key exchange. */
    private HandshakeDecoder decoder(HandshakeType type) {
        if (type == HandshakeType.CLIENT_HELLO || type == HandshakeType.SERVER_HELLO) return HandshakeDecoder.HELLOS;
        var version = version().orElse(ProtocolVersion.TLS_1_2);
        if (version.equals(ProtocolVersion.TLS_1_3)) return HandshakeDecoder.TLS_1_3;
        var exchange = type == HandshakeType.SERVER_KEY_EXCHANGE ? keyExchange() : KeyExchange.ECDHE;
        return version.equals(ProtocolVersion.TLS_1_1)
                ? HandshakeDecoder.tls11(exchange)
                : HandshakeDecoder.tls12(exchange);
    }

    private KeyExchange keyExchange() {
        return serverHello()
                .flatMap(hello -> Tls12Suite.of(hello.cipherSuite()))
                .map(Tls12Suite::keyExchange)
                .orElse(KeyExchange.ECDHE);
    }
}
