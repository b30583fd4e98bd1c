package org.almosttls.message;

import org.almosttls.alert.TlsAlertException;
import org.almosttls.alert.Violation;
import org.almosttls.message.ClientKeyExchange.DhePublic;
import org.almosttls.message.ClientKeyExchange.EcdhePublic;
import org.almosttls.message.ClientKeyExchange.EncryptedPremasterSecret;
import org.almosttls.registry.HandshakeType;
import org.almosttls.registry.KeyExchange;
import org.almosttls.wire.WireReader;

/**
 * The messages that one family of handshakes knows, and how each is read (RFC 5246 §7.4). Tables of code and not of
 * functions: what a connection does not meet costs nothing when a JVM starts.
 */
public final class HandshakeDecoder {

    /** All that can be read of TLS before a version is agreed. */
    public static final HandshakeDecoder HELLOS = new HandshakeDecoder(HandshakeDecoder::ofHellos);

    /** The same where AlmostTLSv1 may come instead. */
    public static final HandshakeDecoder EITHER_HELLOS = new HandshakeDecoder(HandshakeDecoder::ofEitherHellos);

    /** All messages of AlmostTLSv1. */
    public static final HandshakeDecoder ALMOST = new HandshakeDecoder(HandshakeDecoder::ofAlmost);

    /** All messages of TLS 1.3. */
    public static final HandshakeDecoder TLS_1_3 = new HandshakeDecoder(HandshakeDecoder::ofTls13);

    private interface Bodies {
        HandshakeMessage decode(HandshakeType type, WireReader in) throws TlsAlertException;
    }

    private final Bodies bodies;

    private HandshakeDecoder(Bodies bodies) {
        this.bodies = bodies;
    }

    /** All messages of TLS 1.2; the suite's key exchange tells how the key exchange messages are to be read. */
    public static HandshakeDecoder tls12(KeyExchange keyExchange) {
        return new HandshakeDecoder((type, in) -> ofTls12(keyExchange, type, in));
    }

    /** All messages of TLS 1.1, by the suite's key exchange. */
    public static HandshakeDecoder tls11(KeyExchange keyExchange) {
        return new HandshakeDecoder((type, in) -> ofTls11(keyExchange, type, in));
    }

    /** RFC 5246 §6.2.1: whether records of another type may come amid a message; RFC 8446 §5.1 has it that none do. */
    public boolean interleaves() {
        return this != TLS_1_3;
    }

    private static HandshakeMessage ofHellos(HandshakeType type, WireReader in) throws TlsAlertException {
        return switch (type) {
            case HELLO_REQUEST -> HelloRequest.decode(in);
            case CLIENT_HELLO -> ClientHello.decode(in);
            case SERVER_HELLO -> ServerHello.decode(in);
            default -> throw unexpected(type.code());
        };
    }

    private static HandshakeMessage ofEitherHellos(HandshakeType type, WireReader in) throws TlsAlertException {
        return type == HandshakeType.HELLO ? Hello.decode(in) : ofHellos(type, in);
    }

    private static HandshakeMessage ofAlmost(HandshakeType type, WireReader in) throws TlsAlertException {
        return switch (type) {
            case HELLO -> Hello.decode(in);
            case CERTIFICATE -> Certificate.decode(in);
            case ENCRYPTED_MASTER_SECRET -> EncryptedMasterSecret.decode(in);
            default -> throw unexpected(type.code());
        };
    }

    private static HandshakeMessage ofTls12(KeyExchange keyExchange, HandshakeType type, WireReader in)
            throws TlsAlertException {
        return switch (type) {
            case NEW_SESSION_TICKET -> NewSessionTicket.decode(in);
            case CERTIFICATE -> Certificate.decode(in);
            case CERTIFICATE_STATUS -> CertificateStatus.decode(in);
            case SERVER_KEY_EXCHANGE ->
                keyExchange == KeyExchange.DHE ? ServerKeyExchange.decodeDhe(in) : ServerKeyExchange.decodeEcdhe(in);
            case CERTIFICATE_REQUEST -> CertificateRequest.decode(in);
            case SERVER_HELLO_DONE -> ServerHelloDone.decode(in);
            case CERTIFICATE_VERIFY -> CertificateVerify.decode(in);
            case CLIENT_KEY_EXCHANGE -> clientKeyExchange(keyExchange, in);
            case FINISHED -> Finished.decode(in);
            default -> ofHellos(type, in);
        };
    }

    private static HandshakeMessage clientKeyExchange(KeyExchange keyExchange, WireReader in) throws TlsAlertException {
        return switch (keyExchange) {
            case RSA -> EncryptedPremasterSecret.decode(in);
            case ECDHE -> EcdhePublic.decode(in);
            case DHE -> DhePublic.decode(in);
        };
    }

    /** As those of TLS 1.2 but for whatever names a signature scheme there. */
    private static HandshakeMessage ofTls11(KeyExchange keyExchange, HandshakeType type, WireReader in)
            throws TlsAlertException {
        return switch (type) {
            case SERVER_KEY_EXCHANGE ->
                keyExchange == KeyExchange.DHE
                        ? ServerKeyExchange.decodeDheOf11(in)
                        : ServerKeyExchange.decodeEcdheOf11(in);
            case CERTIFICATE_REQUEST -> CertificateRequest.decodeOf11(in);
            case CERTIFICATE_VERIFY -> CertificateVerify.decodeOf11(in);
            default -> ofTls12(keyExchange, type, in);
        };
    }

    /** RFC 8446 §4. */
    private static HandshakeMessage ofTls13(HandshakeType type, WireReader in) throws TlsAlertException {
        return switch (type) {
            case CLIENT_HELLO -> ClientHello.decode(in);
            case SERVER_HELLO -> ServerHello.decode(in);
            case NEW_SESSION_TICKET -> NewSessionTicket13.decode(in);
            case END_OF_EARLY_DATA -> EndOfEarlyData.decode(in);
            case ENCRYPTED_EXTENSIONS -> EncryptedExtensions.decode(in);
            case CERTIFICATE -> Certificate13.decode(in);
            case CERTIFICATE_REQUEST -> CertificateRequest13.decode(in);
            case CERTIFICATE_VERIFY -> CertificateVerify.decode(in);
            case FINISHED -> Finished.decodeOf13(in);
            case KEY_UPDATE -> KeyUpdate.decode(in);
            case COMPRESSED_CERTIFICATE -> CompressedCertificate.decode(in);
            default -> throw unexpected(type.code());
        };
    }

    /**
     * Reads one whole message, header of four octets included.
     *
     * @throws TlsAlertException UNEXPECTED_MESSAGE for a type that this family does not have, MALFORMED_MESSAGE for a
     *     body that breaks its grammar or does not end where the header says
     */
    public HandshakeMessage decode(byte[] wholeMessage) throws TlsAlertException {
        var in = new WireReader(wholeMessage);
        int code = in.uint8();
        var type = HandshakeType.of(code).orElseThrow(() -> unexpected(code));
        var body = in.vector24();
        in.end();
        var message = bodies.decode(type, body);
        body.end();
        return message;
    }

    private static TlsAlertException unexpected(int code) {
        return Violation.UNEXPECTED_MESSAGE.exception(
                "%s, handshake type %d".formatted(HandshakeType.nameOf(code), code));
    }
}
