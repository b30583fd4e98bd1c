package org.almosttls.trace;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.util.Arrays;
import java.util.Set;
import java.util.function.BiConsumer;
import java.util.stream.Stream;
import javax.net.ssl.SSLException;
import org.almosttls.AlmostTlsProvider;
import org.almosttls.testkit.Contexts;
import org.almosttls.testkit.EngineEnd;
import org.almosttls.testkit.EnginePair;
import org.almosttls.testkit.TestCertificates;
import org.almosttls.testkit.TestIdentity;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** The lines of AlmostTLSv1 sessions that really happened: three phases, and exactly what went wrong. */
class TextbookLinesTest {

    private static final byte[] ORDER = "Pay Carol 10 euros".getBytes(US_ASCII);

    private final Lines json = Lines.json();
    private final Lines text = Lines.text();

    private EnginePair pair(Lines lines, TestIdentity identity) {
        var provider = new AlmostTlsProvider(lines::log);
        return new EnginePair(
                Contexts.almostClient(provider).createSSLEngine(TestCertificates.HOST, 443),
                Contexts.almostWith(provider, identity).createSSLEngine(TestCertificates.HOST, 40000));
    }

    private EnginePair established(Lines lines) throws SSLException {
        return pair(lines, TestCertificates.rsaServer()).handshake();
    }

    private static JsonNode line(Lines lines, String role) throws IOException {
        for (String line : lines.all()) {
            assertEquals(Set.of(), PublishedSchema.violationsIn(line), line);
            assertFalse(line.contains("Carol"), line);
            var told = new ObjectMapper().readTree(line);
            if (told.at("/almosttls/role").asText().equals(role)) return told;
        }
        throw new AssertionError("no line of a " + role + ": " + lines.all());
    }

    @Test
    void thePhasesAreToldAtBothEnds() throws IOException {
        var pair = established(json);
        EnginePair.send(pair.client(), pair.server(), ORDER);
        pair.client().engine().closeOutbound();
        pair.server().engine().closeInbound();
        pair.server().engine().closeOutbound();
        for (String role : new String[] {"client", "server"}) {
            var told = line(json, role);
            assertEquals("almosttls", told.at("/tls/protocol/name").asText());
            assertEquals("1", told.at("/tls/protocol/version").asText());
            assertEquals(
                    "ALMOST_RSA_OAEP_WITH_AES_128_CBC_HMAC_SHA256",
                    told.at("/tls/cipher").asText());
            assertEquals(
                    "[\"Hello\",\"Certificate\",\"EncryptedMasterSecret\"]",
                    told.at("/almosttls/phases/handshake").toString());
            assertEquals(
                    "[\"E_B\",\"M_B\",\"E_A\",\"M_A\"]",
                    told.at("/almosttls/phases/key_derivation").toString());
            assertTrue(told.at("/almosttls/phases/data_transfer").isIntegralNumber());
        }
        assertEquals(
                ORDER.length,
                line(json, "server").at("/almosttls/bytes/received").asInt());
        assertEquals(
                "transport_closed", line(json, "client").at("/almosttls/ended").asText());
        assertEquals("success", line(json, "client").at("/event/outcome").asText());
    }

    @Test
    void theEndOfTheTransportIsAnEndThatProvesNothing() throws IOException {
        var pair = established(json);
        pair.server().engine().closeInbound();
        pair.server().engine().closeOutbound();
        var told = line(json, "server");
        assertEquals("transport_ended", told.at("/almosttls/ended").asText());
        assertEquals("unknown", told.at("/event/outcome").asText());
        assertTrue(told.at("/almosttls/diagnosis/cause").asText().contains("has no closure"));
    }

    @Test
    void forPeopleThePhasesAreWords() throws IOException {
        var pair = established(text);
        EnginePair.send(pair.client(), pair.server(), ORDER);
        pair.client().engine().closeOutbound();
        var line = text.only();
        assertTrue(
                line.contains(" | AlmostTLSv1 ALMOST_RSA_OAEP_WITH_AES_128_CBC_HMAC_SHA256"
                        + " | handshake: Hello, Certificate, EncryptedMasterSecret"
                        + " | key derivation: E_B M_B E_A M_A"
                        + " | data transfer: 1 records sent, 0 received"
                        + " | server is "),
                line);
        assertTrue(line.endsWith(" | closed by this end, without closure\n"), line);
    }

    @Test
    void aPeerElsewhereIsRefusedInALineOfItsOwn() throws IOException {
        var bob = Contexts.almostClient(new AlmostTlsProvider(json::log)).createSSLEngine("192.0.2.1", 443);
        bob.setUseClientMode(true);
        assertThrows(SSLException.class, bob::beginHandshake);
        bob.closeOutbound();
        var told = line(json, "client");
        assertEquals("TEXTBOOK_PEER_ELSEWHERE", told.at("/error/type").asText());
        assertTrue(told.at("/error/message").asText().contains("almosttls.textbook.remote=true"), told.toString());
        assertEquals(1, json.all().size());
    }

    static Stream<Arguments> wrongCertificates() {
        return Stream.of(
                Arguments.of("CERTIFICATE_UNTRUSTED", TestCertificates.unknownCaRsaServer()),
                Arguments.of("CERTIFICATE_NAME_MISMATCH", TestCertificates.wrongHostRsaServer()));
    }

    @ParameterizedTest
    @MethodSource("wrongCertificates")
    void aWrongCertificateIsToldToBobAndNotToAlice(String code, TestIdentity identity) throws IOException {
        var pair = pair(json, identity);
        assertThrows(SSLException.class, pair::handshake);
        pair.server().deliver(pair.client().wrapAll(new byte[0]));
        assertThrows(SSLException.class, pair.server()::unwrapAll);
        var bob = line(json, "client");
        assertEquals(code, bob.at("/error/type").asText());
        assertEquals("1", bob.at("/tls/protocol/version").asText());
        assertEquals(
                "[\"Hello\",\"Certificate\"]",
                bob.at("/almosttls/phases/handshake").toString());
        assertEquals("RECEIVED_FAILURE", line(json, "server").at("/error/type").asText());
    }

    private static byte[] flipped(byte[] record) {
        byte[] flipped = record.clone();
        flipped[record.length - 20] ^= 1;
        return flipped;
    }

    static Stream<Arguments> spoiled() {
        return Stream.of(
                spoiled("BAD_RECORD", "was altered on the way", (pair, alice) -> alice.deliver(flipped(seal(pair)))),
                spoiled("RECORD_OUT_OF_ORDER", "record number 1 came where number 0 was due", (pair, alice) -> {
                    seal(pair);
                    alice.deliver(seal(pair));
                }));
    }

    private static Arguments spoiled(String code, String words, BiConsumer<EnginePair, EngineEnd> how) {
        return Arguments.of(code, words, how);
    }

    private static byte[] seal(EnginePair pair) {
        try {
            return pair.client().wrapAll(ORDER);
        } catch (SSLException e) {
            throw new IllegalStateException(e);
        }
    }

    @ParameterizedTest
    @MethodSource("spoiled")
    void aSpoiledStreamIsToldToAliceAndNotToBob(String code, String words, BiConsumer<EnginePair, EngineEnd> how)
            throws IOException {
        var pair = established(json);
        how.accept(pair, pair.server());
        assertThrows(SSLException.class, pair.server()::unwrapAll);
        pair.client().deliver(pair.server().wrapAll(new byte[0]));
        assertThrows(SSLException.class, pair.client()::unwrapAll);
        var alice = line(json, "server");
        assertEquals(code, alice.at("/error/type").asText());
        assertTrue(alice.at("/error/message").asText().contains(words), alice.toString());
        assertEquals("RECEIVED_FAILURE", line(json, "client").at("/error/type").asText());
    }

    @Test
    void aStreamCutWithinARecordIsTold() throws IOException {
        var pair = established(json);
        byte[] record = seal(pair);
        pair.server().deliver(Arrays.copyOf(record, record.length - 3));
        pair.server().unwrapAll();
        assertThrows(SSLException.class, pair.server().engine()::closeInbound);
        assertEquals("STREAM_CUT_OFF", line(json, "server").at("/error/type").asText());
    }
}
