package org.almosttls.extension;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.stream.Stream;
import org.almosttls.alert.TlsAlertException;
import org.almosttls.alert.Violation;
import org.almosttls.registry.ExtensionType;
import org.almosttls.registry.NamedGroup;
import org.almosttls.registry.ProtocolVersion;
import org.almosttls.registry.SignatureScheme;
import org.almosttls.testkit.Expect;
import org.almosttls.wire.WireReader;
import org.almosttls.wire.WireWriter;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What holds for every extension alike, and the bounds of each. */
class ExtensionBodiesTest {

    /** Each extension in each form, with its body as the RFC's presentation language spells it. */
    static Stream<Arguments> known() {
        var client = ExtensionDecoder.CLIENT_HELLO;
        var server = ExtensionDecoder.SERVER_HELLO;
        var noBytes = new byte[0];
        return Stream.of(
                Arguments.of(client, new ServerNames(List.of("ab.c")), "0007" + "00" + "0004" + "61622e63"),
                Arguments.of(server, new ServerNames(List.of()), ""),
                Arguments.of(client, new MaxFragmentLength(4), "04"),
                Arguments.of(server, new MaxFragmentLength(1), "01"),
                Arguments.of(client, StatusRequest.PLAIN, "01" + "0000" + "0000"),
                Arguments.of(
                        client,
                        new StatusRequest(List.of(new byte[] {7}, new byte[] {8, 9}), new byte[] {5}),
                        "01" + "0007" + "000107" + "00020809" + "000105"),
                Arguments.of(server, new StatusPromise(), ""),
                Arguments.of(client, new RecordSizeLimit(64), "0040"),
                Arguments.of(server, new RecordSizeLimit(1 << 14), "4000"),
                Arguments.of(
                        client,
                        new SupportedGroups(List.of(NamedGroup.X25519, NamedGroup.SECP256R1)),
                        "0004" + "001d" + "0017"),
                Arguments.of(client, new EcPointFormats(new byte[] {0, 1}), "02" + "00" + "01"),
                Arguments.of(server, new EcPointFormats(new byte[] {0}), "01" + "00"),
                Arguments.of(client, new SignatureAlgorithms(List.of(SignatureScheme.ED25519)), "0002" + "0807"),
                Arguments.of(
                        client,
                        new SignatureAlgorithmsCert(
                                List.of(SignatureScheme.RSA_PKCS1_SHA256, SignatureScheme.RSA_PKCS1_SHA1)),
                        "0004" + "0401" + "0201"),
                Arguments.of(client, new ApplicationProtocols(List.of("h2", "\u00e9")), "0005" + "026832" + "01e9"),
                Arguments.of(server, new ApplicationProtocols(List.of("h2")), "0003" + "026832"),
                Arguments.of(server, SessionTicket.NONE_YET, ""),
                Arguments.of(client, new ExtendedMasterSecret(), ""),
                Arguments.of(server, new ExtendedMasterSecret(), ""),
                Arguments.of(
                        client,
                        new SupportedVersions(List.of(ProtocolVersion.TLS_1_3, ProtocolVersion.TLS_1_2)),
                        "04" + "0304" + "0303"),
                Arguments.of(server, new SelectedVersion(ProtocolVersion.TLS_1_3), "0304"),
                Arguments.of(client, new RenegotiationInfo(noBytes), "00"),
                Arguments.of(server, new RenegotiationInfo(new byte[] {1, 2}), "02" + "0102"));
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

    /** RFC 5077 §3.2: all of the body is the ticket, whatever its length. */
    @ParameterizedTest
    @ValueSource(ints = {0, 1, 100, 0xFFFF})
    void aTicketIsAllOfTheBody(int length) throws TlsAlertException {
        var body = new byte[length];
        var decoded = (SessionTicket) decoded(ExtensionDecoder.CLIENT_HELLO, ExtensionType.SESSION_TICKET, body);
        assertArrayEquals(body, decoded.ticket());
        assertArrayEquals(body, bodyOf(decoded));
    }

    /** RFC 6066 §3, RFC 8422 §5.1, RFC 5246 §7.4.1.4.1, RFC 7301 §3.1, RFC 7627 §5.1, RFC 8446 §4.2.1, RFC 5746 §3.2. */
    @ParameterizedTest
    @CsvSource({
        "server_name, 0000",
        "server_name, 0003000000",
        "supported_groups, 0000",
        "supported_groups, 000100",
        "supported_groups, 0003001700",
        "ec_point_formats, 00",
        "signature_algorithms, 0000",
        "signature_algorithms, 0003040100",
        "signature_algorithms_cert, 0000",
        "signature_algorithms_cert, 0003040100",
        "application_layer_protocol_negotiation, 0000",
        "application_layer_protocol_negotiation, 000100",
        "application_layer_protocol_negotiation, 00020000",
        "application_layer_protocol_negotiation, 0003000161",
        "application_layer_protocol_negotiation, 0003036832",
        "supported_versions, 00",
        "supported_versions, 0103",
        "supported_versions, 03030303",
        "extended_master_secret, 00",
        "status_request, 01000200000000",
        "renegotiation_info, 0200"
    })
    void bodiesOutOfBoundsAreMalformedInAClientHello(String type, String body) {
        expectMalformed(ExtensionDecoder.CLIENT_HELLO, type, body);
    }

    /** RFC 6066 §3: no names; RFC 7301 §3.1: exactly one protocol; RFC 8446 §4.2.1: one version, not a list. */
    @ParameterizedTest
    @CsvSource({
        "server_name, 000400000161",
        "application_layer_protocol_negotiation, 0000",
        "application_layer_protocol_negotiation, 00020000",
        "application_layer_protocol_negotiation, 0006026832026833",
        "supported_versions, 020304",
        "supported_versions, 03",
        "ec_point_formats, 00",
        "extended_master_secret, 00",
        "renegotiation_info, 0200"
    })
    void bodiesOutOfBoundsAreMalformedInAServerHello(String type, String body) {
        expectMalformed(ExtensionDecoder.SERVER_HELLO, type, body);
    }

    /** RFC 7301 §3.1: a name has up to 255 octets; RFC 5746 §3.2: so have the Finished values. */
    @Test
    void theLongestNameAndTheLongestFinishedValuesAreTaken() throws TlsAlertException {
        var name = "a".repeat(255);
        var protocols = decodedAgain(new ApplicationProtocols(List.of(name)));
        assertEquals(new ApplicationProtocols(List.of(name)), protocols);
        assertEquals(256, bodyOf(decodedAgain(new RenegotiationInfo(new byte[255]))).length);
    }

    /** RFC 7685 §3: of any length, none included, and whatever is in it. */
    @Test
    void paddingIsTakenAsItComes() throws TlsAlertException {
        for (var body : List.of("", "00", "0000", "ff")) {
            byte[] octets = HexFormat.of().parseHex(body);
            var decoded = decoded(ExtensionDecoder.CLIENT_HELLO, ExtensionType.PADDING, octets);
            assertEquals(Padding.class, decoded.getClass());
            assertArrayEquals(octets, bodyOf(decoded));
        }
    }

    private static Extension decodedAgain(Extension extension) throws TlsAlertException {
        return decoded(ExtensionDecoder.CLIENT_HELLO, extension.type(), bodyOf(extension));
    }

    private static void expectMalformed(ExtensionDecoder form, String typeName, String body) {
        var type = typeNamed(typeName);
        Expect.violation(
                Violation.MALFORMED_MESSAGE,
                () -> decoded(form, type, HexFormat.of().parseHex(body)));
    }

    private static ExtensionType typeNamed(String name) {
        return Stream.of(
                        ExtensionType.SERVER_NAME,
                        ExtensionType.STATUS_REQUEST,
                        ExtensionType.SUPPORTED_GROUPS,
                        ExtensionType.EC_POINT_FORMATS,
                        ExtensionType.SIGNATURE_ALGORITHMS,
                        ExtensionType.SIGNATURE_ALGORITHMS_CERT,
                        ExtensionType.ALPN,
                        ExtensionType.EXTENDED_MASTER_SECRET,
                        ExtensionType.SUPPORTED_VERSIONS,
                        ExtensionType.RENEGOTIATION_INFO)
                .filter(type -> type.name().equals(name))
                .findAny()
                .orElseThrow();
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
