package org.almosttls.agent.upgrade;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.Arrays;
import java.util.HexFormat;
import javax.net.ssl.SSLException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What a client may say in plaintext where there is to be none, and in which pieces. */
class HelloNextTest {

    private static final String SSL = "0000000804d2162f";
    private static final String GSS = "0000000804d21630";
    /** RFC 4511 §4.14.1, as the platform's LDAP client writes it. */
    private static final String START_TLS = "301d02010177188016312e332e362e312e342e312e313436362e3230303337";

    private static final String HELLO = "160301000401020304";
    private static final String SECRET = "0000000c0003000075736572";

    private final ByteArrayOutputStream network = new ByteArrayOutputStream();

    private static byte[] hex(String hex) {
        return HexFormat.of().parseHex(hex);
    }

    private static void write(HelloNext out, byte[] bytes, int piece) throws IOException {
        for (int i = 0; i < bytes.length; i += piece) out.write(bytes, i, Math.min(piece, bytes.length - i));
    }

    /** In pieces of each length. */
    @ParameterizedTest
    @CsvSource({
        "POSTGRES_REQUEST, " + SSL,
        "POSTGRES_REQUEST, " + GSS + SSL,
        "POSTGRES_REQUEST, " + SSL + GSS,
        "POSTGRES_REQUEST, ''",
        "TOO_FEW, ''"
    })
    void whoAsksGoesOnWithAHello(FirstBytes request, String asked) throws IOException {
        byte[] all = hex(asked + HELLO + SECRET);
        for (int piece = 1; piece <= all.length; piece++) {
            network.reset();
            write(new HelloNext(network, request), all, piece);
            assertArrayEquals(all, network.toByteArray(), "in pieces of " + piece);
        }
    }

    @ParameterizedTest
    @CsvSource({START_TLS + ", 0", START_TLS + "a0023000, 4"})
    void whoAsksAsLdapGoesOnWithAHello(String asked, int controls) throws IOException {
        byte[] request = hex(asked);
        request[1] += (byte) controls;
        byte[] rest = hex(HELLO + SECRET);
        for (int first = request.length - controls; first <= request.length; first++)
            for (int piece = 1; piece <= rest.length; piece++) {
                network.reset();
                var out = new HelloNext(network, FirstBytes.LDAP_START_TLS);
                out.write(request, 0, first);
                write(out, Arrays.copyOfRange(request, first, request.length), piece);
                write(out, rest, piece);
                assertEquals(asked.length() / 2 + rest.length, network.size());
            }
    }

    /** Of what is refused there goes out at most what might have been a request or a hello. */
    @ParameterizedTest
    @CsvSource({
        "POSTGRES_REQUEST, " + SSL + ", " + SECRET + ", 3",
        "POSTGRES_REQUEST, " + GSS + SSL + ", " + SECRET + ", 0",
        "POSTGRES_REQUEST, " + SSL + ", " + SSL + ", 7",
        "POSTGRES_REQUEST, " + GSS + ", " + GSS + ", 7",
        "POSTGRES_REQUEST, " + GSS + SSL + ", " + GSS + ", 0",
        "POSTGRES_REQUEST, " + GSS + ", 6001, 0",
        "POSTGRES_REQUEST, " + SSL + ", " + START_TLS + ", 0",
        "POSTGRES_REQUEST, " + SSL + ", 160303000402, 5",
        "TOO_FEW, '', " + SSL + ", 0",
        "TOO_FEW, '', " + SECRET + ", 0"
    })
    void nothingElseComesOut(FirstBytes request, String asked, String plaintext, int like) {
        byte[] all = hex(asked + plaintext);
        for (int piece = 1; piece <= all.length; piece++) {
            network.reset();
            var out = new HelloNext(network, request);
            int length = piece;
            assertThrows(SSLException.class, () -> write(out, all, length), "in pieces of " + piece);
            assertTrue(network.size() <= asked.length() / 2 + like, "in pieces of " + piece);
            assertThrows(SSLException.class, () -> out.write(hex(HELLO)));
        }
    }

    @ParameterizedTest
    @CsvSource({
        START_TLS + ", 300c020102600702010304008000", // a bind
        START_TLS + ", " + START_TLS,
        START_TLS + ", " + SSL,
        "'', 300c020102600702010304008000"
    })
    void nothingElseComesOutAsLdap(String asked, String plaintext) throws IOException {
        var out = new HelloNext(network, FirstBytes.LDAP_START_TLS);
        if (!asked.isEmpty()) out.write(hex(asked));
        assertThrows(SSLException.class, () -> out.write(hex(plaintext)));
        assertEquals(asked.length() / 2, network.size());
        var inOne = new HelloNext(network, FirstBytes.LDAP_START_TLS);
        assertThrows(SSLException.class, () -> inOne.write(hex(asked + plaintext)));
        assertEquals(asked.length() / 2, network.size());
    }

    @Test
    void onceItHasBegunNothingIsLookedAt() throws IOException {
        var out = new HelloNext(network, FirstBytes.TOO_FEW);
        out.write(hex(HELLO));
        out.write(0x30);
        assertEquals(10, network.size());
    }
}
