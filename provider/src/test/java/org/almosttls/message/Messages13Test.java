package org.almosttls.message;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.HexFormat;
import java.util.List;
import java.util.stream.Collectors;
import org.almosttls.alert.TlsAlertException;
import org.almosttls.alert.Violation;
import org.almosttls.extension.Cookie;
import org.almosttls.extension.Extensions;
import org.almosttls.extension.RequestedKeyShare;
import org.almosttls.registry.HandshakeType;
import org.almosttls.registry.NamedGroup;
import org.almosttls.testkit.Expect;
import org.almosttls.testkit.Samples;
import org.almosttls.testkit.Samples13;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The bounds of the messages of TLS 1.3, and where their extensions may be. */
class Messages13Test {

    /** RFC 8446 §4.3.1, §4.3.2, §4.4.2, §4.4.4, §4.6.1, §4.6.3, RFC 8879 §4: each has a vector beyond its bounds. */
    @ParameterizedTest
    @CsvSource({
        "encrypted_extensions without a block, 08, ''",
        "certificate_request without a block, 0d, 00",
        "certificate_request with an empty block, 0d, 000000",
        "an empty certificate, 0b, 00000005 000000 0000",
        "a certificate without a block, 0b, 00000004 000001 30",
        "a ticket without octets, 04, 00000000 00000000 00 0000 0000",
        "a ticket without a block, 04, 00000000 00000000 00 0001 07",
        "verify_data of 12 octets, 14, 000000000000000000000000",
        "no compressed octets, 19, 0001 000010 000000",
        "a KeyUpdate without its octet, 18, ''"
    })
    void oneBeyondABoundIsMalformed(String what, String type, String body) {
        Expect.violation(Violation.MALFORMED_MESSAGE, () -> decoded(type, body));
    }

    /** RFC 8446 §4.4.4: each suite's hash has 32 octets or 48. */
    @ParameterizedTest
    @ValueSource(ints = {32, 48})
    void finishedIsAsLongAsAHash(int length) throws TlsAlertException {
        var finished = (Finished) decoded("14", "07".repeat(length));
        assertEquals(length, finished.verifyData().length);
    }

    /** RFC 8446 §4.6.3. */
    @ParameterizedTest
    @ValueSource(strings = {"02", "7f", "ff"})
    void aKeyUpdateThatMeansNothingIsRefused(String request) {
        Expect.violation(Violation.KEY_UPDATE_UNKNOWN, () -> decoded("18", request));
    }

    /** RFC 8446 §4.6.3. */
    @Test
    void aKeyUpdateAsksForOneOrNot() throws TlsAlertException {
        assertEquals(new KeyUpdate(false), decoded("18", "00"));
        assertEquals(new KeyUpdate(true), decoded("18", "01"));
    }

    /** RFC 8446 §4.2: by the table; what is not known here is none of its business. */
    @ParameterizedTest
    @CsvSource({
        "08, signature_algorithms, 0006 000d0002 0000",
        "08, key_share, 0006 00330002 001d",
        "08, status_request, 0004 00050000",
        "08, extended_master_secret, 0004 00170000",
        "08, renegotiation_info, 0005 ff010001 00",
        "08, oid_filters, 0006 00300002 0000",
        "0d, server_name, 00 0004 00000000",
        "0d, early_data, 00 0004 002a0000",
        "0d, cookie, 00 0007 002c0003 000100",
        "0b, application_layer_protocol_negotiation, 00 00000d 000001 30 0007 00100003 000100",
        "04, record_size_limit, 00000000 00000000 00 0001 07 0006 001c0002 4000",
        "04, session_ticket, 00000000 00000000 00 0001 07 0004 00230000"
    })
    void anExtensionThatBelongsElsewhereIsRefused(String message, String extension, String body) {
        var thrown = Expect.violation(Violation.EXTENSION_MISPLACED, () -> decoded(message, body));
        assertTrue(thrown.getMessage().endsWith(": " + extension), thrown.getMessage());
    }

    /** RFC 8446 §4.2: key_share, cookie and supported_versions, and no other. */
    @ParameterizedTest
    @ValueSource(strings = {"00000000", "00100003000100", "00290002 0000", "002d00020101", "ff01000100"})
    void anExtensionThatDoesNotBelongInAHelloRetryRequestIsRefused(String extension) {
        var octets = HexFormat.of().parseHex(extension.replace(" ", ""));
        var random = HexFormat.of().formatHex(Samples13.helloRetryRequest().random());
        var body = "0303" + random + "00" + "1301" + "00" + "%04x".formatted(octets.length) + extension;
        Expect.violation(Violation.EXTENSION_MISPLACED, () -> decoded("02", body));
    }

    /** RFC 8446 §4.3.2, §4.6.1: GREASE and what is yet to come are ignored, so they must be readable. */
    @ParameterizedTest
    @CsvSource({
        "08, 0005 0a0a0001 00",
        "0d, 00 0005 fafa0001 00",
        "0b, 00 00000b 000001 30 0005 00120001 00",
        "04, 00000000 00000000 00 0001 07 0004 0a0a0000"
    })
    void anExtensionThatIsNotKnownIsKept(String message, String body) throws TlsAlertException {
        var decoded = decoded(message, body);
        assertEquals(
                message + "%06x".formatted(body.replace(" ", "").length() / 2) + body.replace(" ", ""),
                HexFormat.of().formatHex(EncodedMessage.of(decoded).bytes()));
    }

    /** RFC 8446 §4.1.3: the random tells. */
    @Test
    void aHelloRetryRequestIsReadByATableOfItsOwn() throws TlsAlertException {
        var request = (ServerHello) HandshakeDecoder.HELLOS.decode(
                EncodedMessage.of(Samples13.helloRetryRequest()).bytes());
        assertTrue(request.isHelloRetryRequest());
        assertFalse(Samples13.serverHello().isHelloRetryRequest());
        assertEquals(
                NamedGroup.SECP256R1,
                request.extensions().find(RequestedKeyShare.class).orElseThrow().group());
        assertEquals(20, request.extensions().find(Cookie.class).orElseThrow().cookie().length);
    }

    /** RFC 8446 §4.4.2: without what is said about them. */
    @Test
    void aChainIsItsCertificates() throws TlsAlertException {
        var certificate = (Certificate13) Samples13.of(HandshakeType.CERTIFICATE);
        var plain =
                certificate.entries().stream().map(CertificateEntry::certData).toList();
        assertEquals(2, certificate.chain().size());
        assertArrayEquals(plain.get(1), certificate.chain().get(1));
        assertEquals(List.of(), new Certificate13(new byte[0], List.of()).chain());
    }

    /** RFC 8446 §4: messages of older versions have no place. */
    @ParameterizedTest
    @EnumSource(HandshakeType.class)
    void onlyItsOwnMessagesAreRead(HandshakeType type) throws TlsAlertException {
        var own = Samples13.all().map(HandshakeMessage::type).collect(Collectors.toSet());
        byte[] message = EncodedMessage.of(Samples13.of(type)).bytes();
        if (own.contains(type))
            assertEquals(type, HandshakeDecoder.TLS_1_3.decode(message).type());
        else Expect.violation(Violation.UNEXPECTED_MESSAGE, () -> HandshakeDecoder.TLS_1_3.decode(message));
    }

    /** RFC 8446 §4.3.1: the block is there even if there is nothing in it. */
    @Test
    void anEmptyBlockIsWritten() {
        var message = EncodedMessage.of(new EncryptedExtensions(Extensions.of(List.of())))
                .bytes();
        assertArrayEquals(new byte[] {8, 0, 0, 2, 0, 0}, message);
        assertEquals(
                HandshakeType.CERTIFICATE_REQUEST,
                Samples.of(HandshakeType.CERTIFICATE_REQUEST).type());
    }

    private static HandshakeMessage decoded(String type, String body) throws TlsAlertException {
        var octets = body.replace(" ", "");
        return HandshakeDecoder.TLS_1_3.decode(
                HexFormat.of().parseHex(type + "%06x".formatted(octets.length() / 2) + octets));
    }
}
