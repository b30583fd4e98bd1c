package org.almosttls.extension;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.nio.charset.StandardCharsets;
import java.util.HexFormat;
import java.util.List;
import org.almosttls.alert.TlsAlertException;
import org.almosttls.alert.Violation;
import org.almosttls.testkit.Expect;
import org.almosttls.wire.WireReader;
import org.almosttls.wire.WireWriter;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Which host names are taken (RFC 6066 §3). */
class ServerNamesTest {

    private static List<String> decoded(byte[] body) throws TlsAlertException {
        return ServerNames.decode(new WireReader(body)).hostNames();
    }

    private static byte[] bodyWith(String hostName) {
        var out = new WireWriter();
        return out.list16(
                        List.of(hostName.getBytes(StandardCharsets.UTF_8)),
                        name -> out.uint8(0).opaque16(name))
                .toByteArray();
    }

    @ParameterizedTest
    @ValueSource(strings = {"localhost", "a", "xn--bcher-kva.example", "under_score.example", "127.0.0.1", "*.example"})
    void asciiNamesAreTakenAsTheyAre(String name) throws TlsAlertException {
        assertEquals(List.of(name), decoded(bodyWith(name)));
    }

    @ParameterizedTest
    @ValueSource(strings = {".", "example.", "b\u00fccher.example", "a b", "a\u0000b", "a\nb", "\u001b[2J", "a\u007f"})
    void otherNamesAreNone(String name) {
        Expect.violation(Violation.HOST_NAME_INVALID, () -> decoded(bodyWith(name)));
    }

    @Test
    void anEmptyNameIsMalformed() {
        Expect.violation(Violation.MALFORMED_MESSAGE, () -> decoded(bodyWith("")));
    }

    /** RFC 1035 §2.3.4; sessions that last keep the name, so that it must not be just anything. */
    @Test
    void aNameLongerThanAnyInTheDnsIsNone() throws TlsAlertException {
        assertEquals(List.of("a".repeat(255)), decoded(bodyWith("a".repeat(255))));
        Expect.violation(Violation.HOST_NAME_INVALID, () -> decoded(bodyWith("a".repeat(256))));
    }

    @Test
    void aNameOfAnotherTypeIsPassedOver() throws TlsAlertException {
        var body = HexFormat.of().parseHex("000c" + "01" + "0002" + "abcd" + "02" + "0000" + "00" + "0001" + "61");
        assertEquals(List.of("a"), decoded(body));
    }

    @Test
    void twoHostNamesAreOneTooMany() {
        var body = HexFormat.of().parseHex("0008" + "00" + "0001" + "61" + "00" + "0001" + "62");
        Expect.violation(Violation.DUPLICATE_SERVER_NAME, () -> decoded(body));
    }
}
