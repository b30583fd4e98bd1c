package org.almosttls.agent.upgrade;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.HexFormat;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class FirstBytesTest {

    private static FirstBytes of(byte[] bytes) {
        return FirstBytes.of(bytes, 0, bytes.length);
    }

    private static byte[] hex(String hex) {
        return HexFormat.of().parseHex(hex);
    }

    @ParameterizedTest
    @CsvSource({
        "16030100c801, HELLO", // TLS 1.3 and all before it
        "160303020001000000, HELLO",
        "16a101002001, HELLO", // AlmostTLSv1
        "0000000804d2162f, POSTGRES_REQUEST",
        "0000000804d21630, POSTGRES_REQUEST",
        "434f4e4e45435420613a343433, CONNECT", // CONNECT a:443
        "474554202f, OTHER", // GET /
        "2a310d0a, OTHER", // *1 of Redis
        "160303020002, OTHER", // a ServerHello
        "170303000501, OTHER",
        "0000000800030000, OTHER" // PostgreSQL without TLS
    })
    void theFirstBytesSayWhatComes(String bytes, FirstBytes meaning) {
        assertEquals(meaning, of(hex(bytes)));
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "16", "1603", "160301", "16030100c8", "16a1"})
    void tooFewOfAHelloAreTooFew(String bytes) {
        assertEquals(FirstBytes.TOO_FEW, of(hex(bytes)));
    }

    @Test
    void startTlsOfLdapIsKnownByItsName() {
        byte[] name = "1.3.6.1.4.1.1466.20037".getBytes(StandardCharsets.US_ASCII);
        byte[] request = new byte[9 + name.length];
        System.arraycopy(hex("301d02010177188016"), 0, request, 0, 9);
        System.arraycopy(name, 0, request, 9, name.length);
        assertEquals(FirstBytes.LDAP_START_TLS, of(request));
    }

    /** RFC 4511 §4.14.1 and, for lengths in their long form, X.690 §8.1.3. */
    @ParameterizedTest
    @CsvSource({
        "301d02010177188016NAME, LDAP_START_TLS",
        "30840000001d02010177188016NAME, LDAP_START_TLS",
        "301e020200ff77188016NAME, LDAP_START_TLS",
        "302102010177188016NAMEa0023000, LDAP_START_TLS", // with controls
        // As the platform's client writes it, with ManageDsaIT (RFC 3296 §3).
        "303a02010277188016NAMEa01b30190417322e31362e3834302e312e3131333733302e332e342e32, LDAP_START_TLS",
        "302102010177188016NAME, LDAP_START_TLS", // of which they are yet to come
        "301d02010177188016NAME00, OTHER", // and more
        "301d02010160188016NAME, OTHER", // a bind
        "301c02010177178016NAME, OTHER",
        "3002NAME, OTHER",
        "30NAME, OTHER",
        "308502010177188016NAME, OTHER",
        "3084ffffffff02010177188016NAME, OTHER",
        "302002010477188016, OTHER"
    })
    void onlyARequestForTlsIsOne(String bytes, FirstBytes meaning) {
        String name = "312e332e362e312e342e312e313436362e3230303337";
        assertEquals(meaning, of(hex(bytes.replace("NAME", name))));
    }

    @Test
    void bytesBeforeTheOffsetDoNotCount() {
        assertEquals(FirstBytes.HELLO, FirstBytes.of(hex("ffff16030100c801"), 2, 6));
    }

    @ParameterizedTest
    @CsvSource({
        "16030300c802, true", // a ServerHello
        "1503030002, true",
        "16030100c801, false", // the ClientHello itself, from a server that sends back what it gets
        "16a101002002, true",
        "1603, false",
        "485454502f31, false", // HTTP/1
        "17, false"
    })
    void anAnswerOfTlsIsAHandshakeOrAnAlert(String bytes, boolean tls) {
        byte[] answer = hex(bytes);
        assertEquals(tls, FirstBytes.isAnswerOfTls(Arrays.copyOf(answer, FirstBytes.ENOUGH), answer.length));
    }
}
