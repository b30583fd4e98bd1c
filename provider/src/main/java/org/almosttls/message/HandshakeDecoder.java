package org.almosttls.message;

import java.util.EnumMap;
import java.util.Map;
import org.almosttls.alert.TlsAlertException;
import org.almosttls.alert.Violation;
import org.almosttls.message.ClientKeyExchange.DhePublic;
import org.almosttls.message.ClientKeyExchange.EcdhePublic;
import org.almosttls.message.ClientKeyExchange.EncryptedPremasterSecret;
import org.almosttls.registry.HandshakeType;
import org.almosttls.registry.KeyExchange;
import org.almosttls.wire.WireReader;

/** The messages that one family of handshakes knows, and how each is read (RFC 5246 §7.4). */
public final class HandshakeDecoder {

    /** All that can be read of TLS before a version is agreed. */
    public static final HandshakeDecoder HELLOS = new HandshakeDecoder(hellos());

    /** The same where AlmostTLSv1 may come instead. */
    public static final HandshakeDecoder EITHER_HELLOS = new HandshakeDecoder(eitherHellos());

    /** All messages of AlmostTLSv1. */
    public static final HandshakeDecoder ALMOST = new HandshakeDecoder(almostBodies());

    /** All messages of TLS 1.3. */
    public static final HandshakeDecoder TLS_1_3 = new HandshakeDecoder(tls13Bodies());

    private static final HandshakeDecoder TLS_1_2_RSA =
            new HandshakeDecoder(tls12Bodies(ServerKeyExchange::decodeEcdhe, EncryptedPremasterSecret::decode));
    private static final HandshakeDecoder TLS_1_2_ECDHE =
            new HandshakeDecoder(tls12Bodies(ServerKeyExchange::decodeEcdhe, EcdhePublic::decode));
    private static final HandshakeDecoder TLS_1_2_DHE =
            new HandshakeDecoder(tls12Bodies(ServerKeyExchange::decodeDhe, DhePublic::decode));

    private static final HandshakeDecoder TLS_1_1_RSA =
            new HandshakeDecoder(tls11Bodies(ServerKeyExchange::decodeEcdheOf11, EncryptedPremasterSecret::decode));
    private static final HandshakeDecoder TLS_1_1_ECDHE =
            new HandshakeDecoder(tls11Bodies(ServerKeyExchange::decodeEcdheOf11, EcdhePublic::decode));
    private static final HandshakeDecoder TLS_1_1_DHE =
            new HandshakeDecoder(tls11Bodies(ServerKeyExchange::decodeDheOf11, DhePublic::decode));

    private final Map<HandshakeType, WireReader.Element<HandshakeMessage>> bodies;

    private HandshakeDecoder(Map<HandshakeType, WireReader.Element<HandshakeMessage>> bodies) {
        this.bodies = bodies;
    }

    /** All messages of TLS 1.2; the suite's key exchange tells how the key exchange messages are to be read. */
    public static HandshakeDecoder tls12(KeyExchange keyExchange) {
        return switch (keyExchange) {
            case RSA -> TLS_1_2_RSA;
            case ECDHE -> TLS_1_2_ECDHE;
            case DHE -> TLS_1_2_DHE;
        };
    }

    /** All messages of TLS 1.1, by the suite's key exchange. */
    public static HandshakeDecoder tls11(KeyExchange keyExchange) {
        return switch (keyExchange) {
            case RSA -> TLS_1_1_RSA;
            case ECDHE -> TLS_1_1_ECDHE;
            case DHE -> TLS_1_1_DHE;
        };
    }

    /** RFC 5246 §6.2.1: whether records of another type may come amid a message; RFC 8446 §5.1 has it that none do. */
    public boolean interleaves() {
        return this != TLS_1_3;
    }

    private static Map<HandshakeType, WireReader.Element<HandshakeMessage>> hellos() {
        var bodies = new EnumMap<HandshakeType, WireReader.Element<HandshakeMessage>>(HandshakeType.class);
        bodies.put(HandshakeType.HELLO_REQUEST, HelloRequest::decode);
        bodies.put(HandshakeType.CLIENT_HELLO, ClientHello::decode);
        bodies.put(HandshakeType.SERVER_HELLO, ServerHello::decode);
        return bodies;
    }

    private static Map<HandshakeType, WireReader.Element<HandshakeMessage>> eitherHellos() {
        var bodies = hellos();
        bodies.put(HandshakeType.HELLO, Hello::decode);
        return bodies;
    }

    private static Map<HandshakeType, WireReader.Element<HandshakeMessage>> almostBodies() {
        var bodies = new EnumMap<HandshakeType, WireReader.Element<HandshakeMessage>>(HandshakeType.class);
        bodies.put(HandshakeType.HELLO, Hello::decode);
        bodies.put(HandshakeType.CERTIFICATE, Certificate::decode);
        bodies.put(HandshakeType.ENCRYPTED_MASTER_SECRET, EncryptedMasterSecret::decode);
        return bodies;
    }

    private static Map<HandshakeType, WireReader.Element<HandshakeMessage>> tls12Bodies(
            WireReader.Element<HandshakeMessage> serverKeyExchange,
            WireReader.Element<HandshakeMessage> clientKeyExchange) {
        var bodies = hellos();
        bodies.put(HandshakeType.NEW_SESSION_TICKET, NewSessionTicket::decode);
        bodies.put(HandshakeType.CERTIFICATE, Certificate::decode);
        bodies.put(HandshakeType.CERTIFICATE_STATUS, CertificateStatus::decode);
        bodies.put(HandshakeType.SERVER_KEY_EXCHANGE, serverKeyExchange);
        bodies.put(HandshakeType.CERTIFICATE_REQUEST, CertificateRequest::decode);
        bodies.put(HandshakeType.SERVER_HELLO_DONE, ServerHelloDone::decode);
        bodies.put(HandshakeType.CERTIFICATE_VERIFY, CertificateVerify::decode);
        bodies.put(HandshakeType.CLIENT_KEY_EXCHANGE, clientKeyExchange);
        bodies.put(HandshakeType.FINISHED, Finished::decode);
        return bodies;
    }

    /** RFC 8446 §4. */
    private static Map<HandshakeType, WireReader.Element<HandshakeMessage>> tls13Bodies() {
        var bodies = new EnumMap<HandshakeType, WireReader.Element<HandshakeMessage>>(HandshakeType.class);
        bodies.put(HandshakeType.CLIENT_HELLO, ClientHello::decode);
        bodies.put(HandshakeType.SERVER_HELLO, ServerHello::decode);
        bodies.put(HandshakeType.NEW_SESSION_TICKET, NewSessionTicket13::decode);
        bodies.put(HandshakeType.END_OF_EARLY_DATA, EndOfEarlyData::decode);
        bodies.put(HandshakeType.ENCRYPTED_EXTENSIONS, EncryptedExtensions::decode);
        bodies.put(HandshakeType.CERTIFICATE, Certificate13::decode);
        bodies.put(HandshakeType.CERTIFICATE_REQUEST, CertificateRequest13::decode);
        bodies.put(HandshakeType.CERTIFICATE_VERIFY, CertificateVerify::decode);
        bodies.put(HandshakeType.FINISHED, Finished::decodeOf13);
        bodies.put(HandshakeType.KEY_UPDATE, KeyUpdate::decode);
        bodies.put(HandshakeType.COMPRESSED_CERTIFICATE, CompressedCertificate::decode);
        return bodies;
    }

    /** As those of TLS 1.2 but for whatever names a signature scheme there. */
    private static Map<HandshakeType, WireReader.Element<HandshakeMessage>> tls11Bodies(
            WireReader.Element<HandshakeMessage> serverKeyExchange,
            WireReader.Element<HandshakeMessage> clientKeyExchange) {
        var bodies = tls12Bodies(serverKeyExchange, clientKeyExchange);
        bodies.put(HandshakeType.CERTIFICATE_REQUEST, CertificateRequest::decodeOf11);
        bodies.put(HandshakeType.CERTIFICATE_VERIFY, CertificateVerify::decodeOf11);
        return bodies;
    }

    /**
     * Reads one whole message, header of four octets included.
     *
     * @throws TlsAlertException UNEXPECTED_MESSAGE for a type that this family does not have, MALFORMED_MESSAGE for a
     *     body that breaks its grammar or does not end where the header says
     */
    public HandshakeMessage decode(byte[] wholeMessage) throws TlsAlertException {
        var in = new WireReader(wholeMessage);
        var decoder = decoderOf(in.uint8());
        var body = in.vector24();
        in.end();
        var message = decoder.decode(body);
        body.end();
        return message;
    }

    private WireReader.Element<HandshakeMessage> decoderOf(int code) throws TlsAlertException {
        return HandshakeType.of(code)
                .map(bodies::get)
                .orElseThrow(() -> Violation.UNEXPECTED_MESSAGE.exception(
                        "%s, handshake type %d".formatted(HandshakeType.nameOf(code), code)));
    }
}
