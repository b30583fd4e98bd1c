package org.almosttls.extension;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.stream.Stream;
import org.almosttls.alert.TlsAlertException;
import org.almosttls.alert.Violation;
import org.almosttls.registry.CertificateCompressionAlgorithm;
import org.almosttls.registry.ExtensionType;
import org.almosttls.registry.NamedGroup;
import org.almosttls.testkit.Expect;
import org.almosttls.wire.WireReader;
import org.almosttls.wire.WireWriter;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

/** The extensions that TLS 1.3 brought, each in each message that has it, and their bounds. */
class Extensions13Test {

    private static final byte[] BINDER = new byte[32];
    private static final String BINDER_HEX = "20" + "00".repeat(32);

    /** With the body as RFC 8446 §4.2, RFC 6066 §8 and RFC 8879 §3 spell it. */
    static Stream<Arguments> known() {
        return Stream.concat(ofHellos(), ofOtherMessages());
    }

    private static Stream<Arguments> ofHellos() {
        var client = ExtensionDecoder.CLIENT_HELLO;
        var server = ExtensionDecoder.SERVER_HELLO;
        var retry = ExtensionDecoder.HELLO_RETRY_REQUEST;
        var share = new KeyShareEntry(NamedGroup.X25519, new byte[] {7});
        var identity = new PskIdentity(new byte[] {1, 2}, 0xFFFF_FFFEL);
        return Stream.of(
                Arguments.of(client, new KeyShares(List.of()), "0000"),
                Arguments.of(client, new KeyShares(List.of(share, share)), "000a" + "001d000107" + "001d000107"),
                Arguments.of(server, new KeyShare(share), "001d000107"),
                Arguments.of(retry, new RequestedKeyShare(NamedGroup.SECP256R1), "0017"),
                Arguments.of(client, new Cookie(new byte[] {9}), "0001" + "09"),
                Arguments.of(retry, new Cookie(new byte[] {9, 8}), "0002" + "0908"),
                Arguments.of(client, new PreSharedKeyModes(List.of(1, 0, 0xFF)), "03" + "0100ff"),
                Arguments.of(
                        client,
                        new OfferedPreSharedKeys(List.of(identity), List.of(BINDER)),
                        "0008" + "00020102" + "fffffffe" + "0021" + BINDER_HEX),
                Arguments.of(server, new SelectedPreSharedKey(0x0102), "0102"),
                Arguments.of(client, new EarlyData(), ""),
                Arguments.of(client, new CertificateAuthorities(List.of(new byte[] {5})), "0003" + "000105"),
                Arguments.of(client, new PostHandshakeAuth(), ""),
                Arguments.of(
                        client,
                        new CompressCertificate(List.of(
                                CertificateCompressionAlgorithm.ZLIB, new CertificateCompressionAlgorithm(0xFFFF))),
                        "04" + "0001" + "ffff"));
    }

    private static Stream<Arguments> ofOtherMessages() {
        var filter = new OidFilters.Filter(new byte[] {6}, new byte[0]);
        return Stream.of(
                Arguments.of(ExtensionDecoder.ENCRYPTED_EXTENSIONS, new EarlyData(), ""),
                Arguments.of(ExtensionDecoder.ENCRYPTED_EXTENSIONS, new ServerNames(List.of()), ""),
                Arguments.of(ExtensionDecoder.NEW_SESSION_TICKET, new MaxEarlyData(0xFFFF_FFFFL), "ffffffff"),
                Arguments.of(ExtensionDecoder.CERTIFICATE_REQUEST, new OidFilters(List.of()), "0000"),
                Arguments.of(
                        ExtensionDecoder.CERTIFICATE_REQUEST, new OidFilters(List.of(filter)), "0004" + "01060000"),
                Arguments.of(ExtensionDecoder.CERTIFICATE_REQUEST, new StatusPromise(), ""),
                Arguments.of(
                        ExtensionDecoder.CERTIFICATE_ENTRY,
                        StatusResponse.ofOcsp(new byte[] {3, 4}),
                        "01" + "000002" + "0304"));
    }

    @ParameterizedTest
    @MethodSource("known")
    void isWrittenAsTheRfcSpellsIt(ExtensionDecoder form, Extension extension, String body) {
        assertEquals(body, HexFormat.of().formatHex(bodyOf(extension)));
    }

    @ParameterizedTest
    @MethodSource("known")
    void comesBackAsItWasSent(ExtensionDecoder form, Extension extension, String body) throws TlsAlertException {
        var decoded = decoded(form, extension.type(), bodyOf(extension));
        assertEquals(extension.getClass(), decoded.getClass());
        assertArrayEquals(bodyOf(extension), bodyOf(decoded));
    }

    @ParameterizedTest
    @MethodSource("known")
    void isMalformedWhenCutAnywhereOrWithAnOctetTooMany(ExtensionDecoder form, Extension extension, String body) {
        byte[] whole = bodyOf(extension);
        for (int length = 0; length <= whole.length + 1; length++) {
            if (length == whole.length) continue;
            byte[] resized = Arrays.copyOf(whole, length);
            Expect.violation(Violation.MALFORMED_MESSAGE, () -> decoded(form, extension.type(), resized));
        }
    }

    /** RFC 8446 §4.2.2 to §4.2.11, RFC 8879 §3: each has a vector beyond its bounds. */
    @ParameterizedTest
    @CsvSource({
        "an empty share, 0033, 0004001d0000",
        "an empty cookie, 002c, 0000",
        "no modes, 002d, 00",
        "no identity, 0029, 0000 0021 20",
        "an empty identity, 0029, 0006 0000 00000000 0021 20",
        "no binder, 0029, 0007 000101 00000000 0000",
        "a short binder, 0029, 0007 000101 00000000 0020 1f",
        "no authorities, 002f, 0000",
        "an empty authority, 002f, 00020000",
        "no algorithms, 001b, 00",
        "half an algorithm, 001b, 03000100"
    })
    void bodiesOutOfBoundsAreMalformed(String what, String type, String body) {
        var octets = body.replace(" ", "");
        var filled = octets.endsWith("20") || octets.endsWith("1f")
                ? octets + "00".repeat(Integer.parseInt(octets.substring(octets.length() - 2), 16))
                : octets;
        Expect.violation(
                Violation.MALFORMED_MESSAGE,
                () -> decoded(
                        ExtensionDecoder.CLIENT_HELLO,
                        new ExtensionType(Integer.parseInt(type, 16)),
                        HexFormat.of().parseHex(filled)));
    }

    /** RFC 6066 §8: a kind of status that is not known here is not understood either. */
    @Test
    void aStatusOfAnotherKindIsKept() throws TlsAlertException {
        byte[] body = {2, 9, 9};
        var decoded = decoded(ExtensionDecoder.CERTIFICATE_ENTRY, ExtensionType.STATUS_REQUEST, body);
        assertArrayEquals(body, bodyOf(decoded));
    }

    /** RFC 8446 §4.2.11. */
    @Test
    void preSharedKeysComeLast() throws TlsAlertException {
        var offered = new OfferedPreSharedKeys(List.of(new PskIdentity(new byte[] {1}, 0)), List.of(BINDER));
        OfferedPreSharedKeys.checkPlace(Extensions.ABSENT);
        OfferedPreSharedKeys.checkPlace(Extensions.of(List.of(new EarlyData(), offered)));
        for (var after :
                List.of(new EarlyData(), offered, new UnknownExtension(new ExtensionType(0x0A0A), new byte[0])))
            Expect.violation(
                    Violation.PSK_NOT_LAST,
                    () -> OfferedPreSharedKeys.checkPlace(Extensions.of(List.of(offered, after))));
    }

    private static byte[] bodyOf(Extension extension) {
        var out = new WireWriter();
        extension.encode(out);
        return out.toByteArray();
    }

    private static Extension decoded(ExtensionDecoder form, ExtensionType type, byte[] body) throws TlsAlertException {
        var bytes = new WireWriter().uint16(type.code()).opaque16(body).toByteArray();
        return form.decode(new WireReader(bytes));
    }
}
