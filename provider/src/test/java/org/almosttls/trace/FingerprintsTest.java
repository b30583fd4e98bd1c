package org.almosttls.trace;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.almosttls.extension.ApplicationProtocols;
import org.almosttls.extension.EcPointFormats;
import org.almosttls.extension.Extension;
import org.almosttls.extension.Extensions;
import org.almosttls.extension.ServerNames;
import org.almosttls.extension.SignatureAlgorithms;
import org.almosttls.extension.SupportedGroups;
import org.almosttls.extension.SupportedVersions;
import org.almosttls.extension.UnknownExtension;
import org.almosttls.message.ClientHello;
import org.almosttls.message.ServerHello;
import org.almosttls.registry.CipherSuite;
import org.almosttls.registry.ExtensionType;
import org.almosttls.registry.NamedGroup;
import org.almosttls.registry.ProtocolVersion;
import org.almosttls.registry.SignatureScheme;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Against the examples that the fingerprints' inventors published. */
class FingerprintsTest {

    private static final String JA4_SUITES =
            "1301,1302,1303,c02b,c02f,c02c,c030,cca9,cca8,c013,c014,009c,009d,002f,0035";
    private static final String JA4_EXTENSIONS =
            "001b,0000,0033,0010,4469,0017,002d,000d,0005,0023,0012,002b,ff01,000b,000a,0015";
    private static final String JA4_SCHEMES = "0403,0804,0401,0503,0805,0501,0806,0601";

    private static Stream<Integer> hex(String list) {
        return Arrays.stream(list.split(",")).map(HexFormat::fromHexDigits);
    }

    private static ClientHello hello(int version, Stream<Integer> suites, List<Extension> extensions) {
        return new ClientHello(
                new ProtocolVersion(version),
                new byte[32],
                new byte[0],
                suites.map(CipherSuite::new).toList(),
                new byte[] {0},
                Extensions.of(extensions));
    }

    private static Extension unknown(int type) {
        return new UnknownExtension(new ExtensionType(type), new byte[0]);
    }

    private static SupportedGroups groups(Integer... codes) {
        return new SupportedGroups(Stream.of(codes).map(NamedGroup::new).toList());
    }

    /** The README of salesforce/ja3, first example. */
    @Test
    void ja3OfSalesforcesExample() {
        var suites = Stream.of(47, 53, 5, 10, 49161, 49162, 49171, 49172, 50, 56, 19, 4);
        var hello = hello(
                769,
                suites,
                List.of(new ServerNames(List.of("localhost")), groups(23, 24, 25), new EcPointFormats(new byte[] {0})));
        assertEquals("769,47-53-5-10-49161-49162-49171-49172-50-56-19-4,0-10-11,23-24-25,0", Ja3.text(hello));
        assertEquals(Optional.of("ada70206e40642a3e4461f35503241d5"), Ja3.of(hello));
    }

    /** The README of salesforce/ja3, second example: no extensions. */
    @Test
    void ja3OfSalesforcesExampleWithoutExtensions() {
        var suites = Stream.of(4, 5, 10, 9, 100, 98, 3, 6, 19, 18, 99);
        assertEquals(Optional.of("de350869b8c85de67a350c8d186f11e6"), Ja3.of(hello(769, suites, List.of())));
    }

    @Test
    void ja3LeavesGreaseOut() {
        var suites = Stream.of(0x0A0A, 4, 5, 0xFAFA, 10, 9, 100, 98, 3, 6, 19, 18, 99);
        var hello = hello(769, suites, List.of(unknown(0x1A1A)));
        assertEquals(Optional.of("de350869b8c85de67a350c8d186f11e6"), Ja3.of(hello));
    }

    /** The fingerprint that threat lists know for {@code 771,4866,43-51}. */
    @Test
    void ja3sOfAServerHello() {
        var hello = new ServerHello(
                ProtocolVersion.TLS_1_2,
                new byte[32],
                new byte[0],
                new CipherSuite(4866),
                0,
                Extensions.of(List.of(unknown(43), unknown(51))));
        assertEquals(Optional.of("15af977ce25de452b96affa2addb1036"), Ja3.md5(Ja3.text(hello)));
    }

    private static ClientHello ja4Example(String protocol) {
        var extensions = new ArrayList<Extension>();
        hex(JA4_EXTENSIONS).map(FingerprintsTest::extension).forEach(extensions::add);
        extensions.replaceAll(each ->
                each instanceof ApplicationProtocols ? new ApplicationProtocols(List.of(protocol, "http/1.1")) : each);
        return hello(0x0303, hex(JA4_SUITES), extensions);
    }

    private static Extension extension(int type) {
        return switch (type) {
            case 0x0000 -> new ServerNames(List.of("example.org"));
            case 0x000a -> groups(29);
            case 0x000d ->
                new SignatureAlgorithms(
                        hex(JA4_SCHEMES).map(SignatureScheme::new).toList());
            case 0x0010 -> new ApplicationProtocols(List.of());
            case 0x002b ->
                new SupportedVersions(
                        List.of(new ProtocolVersion(0x7A7A), ProtocolVersion.TLS_1_3, ProtocolVersion.TLS_1_2));
            default -> unknown(type);
        };
    }

    /** technical_details/JA4.md of FoxIO-LLC/ja4. */
    @Test
    void ja4OfFoxiosExample() {
        assertEquals(Optional.of("t13d1516h2_8daaf6152771_e5627efa2ab1"), Ja4.of(ja4Example("h2")));
    }

    @Test
    void ja4LeavesGreaseOut() {
        var plain = ja4Example("h2");
        var extensions = new ArrayList<>(plain.extensions().all());
        extensions.add(0, unknown(0x3A3A));
        var greased = hello(0x0303, Stream.concat(Stream.of(0xDADA), hex(JA4_SUITES)), extensions);
        assertEquals(Ja4.of(plain), Ja4.of(greased));
    }

    /** The same page: no schemes, no underscore. */
    @Test
    void ja4WithoutSchemes() {
        var extensions = new ArrayList<>(ja4Example("h2").extensions().all());
        extensions.replaceAll(each -> each instanceof SignatureAlgorithms ? unknown(0x000d) : each);
        assertEquals(
                Optional.of("t13d1516h2_8daaf6152771_6d807ffa2a79"),
                Ja4.of(hello(0x0303, hex(JA4_SUITES), extensions)));
    }

    /** The same page: nothing to digest is told by zeros. */
    @Test
    void ja4OfAlmostNothing() {
        assertEquals(
                Optional.of("t10i000000_000000000000_000000000000"), Ja4.of(hello(0x0301, Stream.of(), List.of())));
    }

    /** The same page: an application protocol that does not begin and end with a letter or digit shows its hex. */
    @ParameterizedTest
    @CsvSource({"AB,ab", "ABCD,ad", "30AB,3b", "3031ABCD,3d", "30ABCD31,01", "68747470,hp"})
    void ja4OfApplicationProtocols(String octets, String shown) {
        var name = new String(HexFormat.of().parseHex(octets), StandardCharsets.ISO_8859_1);
        assertEquals("t13d1516" + shown, Ja4.of(ja4Example(name)).orElseThrow().substring(0, 10));
    }
}
