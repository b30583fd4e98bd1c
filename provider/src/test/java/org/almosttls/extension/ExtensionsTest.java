package org.almosttls.extension;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import org.almosttls.alert.TlsAlertException;
import org.almosttls.alert.Violation;
import org.almosttls.registry.ExtensionType;
import org.almosttls.testkit.Expect;
import org.almosttls.testkit.Samples;
import org.almosttls.wire.WireReader;
import org.almosttls.wire.WireWriter;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The block of extensions at the end of a hello (RFC 5246 §7.4.1.4). */
class ExtensionsTest {

    private static Extensions decoded(String hex) throws TlsAlertException {
        var in = new WireReader(HexFormat.of().parseHex(hex));
        var extensions = Extensions.decode(in, ExtensionDecoder.CLIENT_HELLO);
        in.end();
        return extensions;
    }

    private static byte[] encoded(Extensions extensions) {
        var out = new WireWriter();
        extensions.encode(out);
        return out.toByteArray();
    }

    /** RFC 5246 §7.4.1.2: a hello may simply end, which is not the same as an empty block. */
    @Test
    void aMissingBlockIsNotAnEmptyOne() throws TlsAlertException {
        assertEquals(Extensions.ABSENT, decoded(""));
        assertEquals(new Extensions(List.of(), true), decoded("0000"));
        assertArrayEquals(new byte[0], encoded(Extensions.ABSENT));
        assertArrayEquals(new byte[2], encoded(new Extensions(List.of(), true)));
        assertEquals(Extensions.ABSENT, Extensions.of(List.of()));
    }

    @Test
    void orderDuplicatesAndUnknownOnesSurvive() throws TlsAlertException {
        var hex = "0013" + "0a0a0000" + "00170000" + "fe0d0003010203" + "00170000";
        var extensions = decoded(hex);
        assertEquals(
                List.of("GREASE_0x0A0A", "extended_master_secret", "encrypted_client_hello", "extended_master_secret"),
                extensions.types().stream().map(ExtensionType::name).toList());
        assertTrue(extensions.hasDuplicates());
        assertArrayEquals(HexFormat.of().parseHex(hex), encoded(extensions));
    }

    @Test
    void anUnknownExtensionKeepsItsBody() throws TlsAlertException {
        var unknown = decoded("0007" + "fe0d" + "0003" + "010203").find(UnknownExtension.class);
        assertArrayEquals(new byte[] {1, 2, 3}, unknown.orElseThrow().body());
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "00",
                "0001",
                "000400170000ff",
                "0003001700",
                "00040017",
                "0004ffff0001",
                "0005001700010000",
                "0008001700000017ffff"
            })
    void aBlockThatDoesNotAddUpIsMalformed(String hex) {
        Expect.violation(Violation.MALFORMED_MESSAGE, () -> decoded(hex));
    }

    @Test
    void extensionsAreFoundByKind() {
        var extensions = Samples.clientHello().extensions();
        assertEquals(
                Optional.of(List.of("localhost")),
                extensions.find(ServerNames.class).map(ServerNames::hostNames));
        assertEquals(Optional.empty(), extensions.find(SupportedVersions.class));
        assertTrue(extensions.has(ExtensionType.EXTENDED_MASTER_SECRET));
        assertFalse(extensions.has(ExtensionType.SUPPORTED_VERSIONS));
        assertFalse(extensions.hasDuplicates());
    }
}
