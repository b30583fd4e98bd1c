package org.almosttls.trace;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.almosttls.alert.TlsAlertException;
import org.almosttls.alert.Violation;
import org.almosttls.event.Direction;
import org.almosttls.event.TlsEvent.KeysChanged;
import org.almosttls.event.TlsEvent.MessageUndecoded;
import org.almosttls.message.EncodedMessage;
import org.almosttls.message.HandshakeDecoder;
import org.almosttls.message.HandshakeMessage;
import org.almosttls.registry.HandshakeType;
import org.almosttls.registry.KeyExchange;
import org.almosttls.registry.Role;
import org.almosttls.testkit.Samples;
import org.almosttls.testkit.Samples13;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

/** What is told of a message that is not decoded: what it is, how long, and why. */
class UndecodedLinesTest {

    private static final ObjectMapper JSON = new ObjectMapper();
    private static final int HEADER = 4;
    private static final int MOST_OF_A_LINE = 700;

    private final Lines json = Lines.json();
    private final Lines text = Lines.text();

    private void tell(byte[] came, Optional<TlsAlertException> why) {
        byte[] header = Arrays.copyOf(came, Math.min(HEADER, came.length));
        for (var lines : List.of(json, text)) {
            lines.log().tell(Detail.HANDSHAKE);
            InventedSession.client(lines.log())
                    .says(Role.SERVER, Samples13.serverHello())
                    .tell(new KeysChanged(Direction.RECEIVED))
                    .tell(new MessageUndecoded(Direction.RECEIVED, header, came.length, why));
        }
    }

    private JsonNode message() throws IOException {
        String line = json.all().get(json.all().size() - 1);
        assertEquals(Set.of(), PublishedSchema.violationsIn(line), line);
        assertTrue(line.length() < MOST_OF_A_LINE, line);
        return JSON.readTree(line).at("/almosttls/message");
    }

    private String words() {
        String line = text.all().get(text.all().size() - 1);
        assertEquals(line.length() - 1, line.indexOf('\n'));
        assertTrue(line.length() < MOST_OF_A_LINE, line);
        return line.substring(line.indexOf('|') + 2);
    }

    private static byte[] octets(String hex) {
        return HexFormat.of().parseHex(hex);
    }

    @Test
    void whatBreaksARuleIsToldByIt() throws IOException {
        tell(octets("0b00000205aa"), Optional.of(Violation.MALFORMED_MESSAGE.exception("it ends too early")));
        var why = "\"code\":\"MALFORMED_MESSAGE\",\"rule\":\"RFC 5246 §7.2.2\","
                + "\"cause\":\"message that cannot be decoded: it ends too early\"";
        assertEquals(
                "{\"name\":\"Certificate\",\"type\":11,\"length\":6,\"undecoded\":{" + why + ",\"received\":6}}",
                message().toString());
        assertEquals(
                "#7 receives Certificate of 6 B under server_handshake_traffic_secret | undecoded"
                        + " (code MALFORMED_MESSAGE, rule RFC 5246 §7.2.2, cause message that cannot be decoded:"
                        + " it ends too early, received 6)\n",
                words().replace("\\u00a7", "§"));
    }

    @ParameterizedTest
    @CsvSource({
        "01, ClientHello, ''",
        "010000, ClientHello, ''",
        "02000046ff, ServerHello, ' of 74 B'",
        "03ffffff, HelloVerifyRequest, ' of 16777219 B'",
        "63000001, Handshake, ' of 5 B'"
    })
    void whatIsCutIsToldAsFarAsItCame(String came, String name, String length) throws IOException {
        tell(octets(came), Optional.empty());
        assertEquals(name, message().at("/name").asText());
        assertEquals(
                Integer.parseInt(came.substring(0, 2), 16),
                message().at("/type").asInt());
        assertEquals(!length.isEmpty(), message().has("length"));
        assertEquals("the rest did not come", message().at("/undecoded/cause").asText());
        assertEquals(
                "#7 receives " + name + length + " under server_handshake_traffic_secret"
                        + " | undecoded (cause the rest did not come, received " + came.length() / 2 + ")\n",
                words());
    }

    @Test
    void whatNobodyHereCanReadIsNotCalledWrong() throws IOException {
        tell(octets("0c000001ff"), Optional.empty());
        assertEquals(
                "nobody here knows how it is read",
                message().at("/undecoded/cause").asText());
        assertTrue(message().at("/undecoded/code").isMissingNode());
    }

    /** Whatever its length, wherever it is cut, and where there is more of it than there is. */
    @ParameterizedTest
    @EnumSource(HandshakeType.class)
    void eachMessageThatIsCutIsOneValidLine(HandshakeType type) throws IOException {
        int undecoded = 0;
        for (HandshakeMessage message : List.of(Samples.of(type), Samples13.of(type))) {
            byte[] whole = EncodedMessage.of(message).bytes();
            for (int body = Math.max(0, whole.length - HEADER - 64); body <= whole.length - HEADER + 1; body++) {
                byte[] cut = Arrays.copyOf(whole, HEADER + body);
                cut[2] = (byte) (body >> 8);
                cut[3] = (byte) body;
                undecoded += assertTold(type, cut);
            }
        }
        assertTrue(undecoded > 0);
    }

    private static Stream<HandshakeDecoder> decoders() {
        return Stream.of(
                HandshakeDecoder.ALMOST,
                HandshakeDecoder.TLS_1_3,
                HandshakeDecoder.tls12(KeyExchange.RSA),
                HandshakeDecoder.tls12(KeyExchange.DHE),
                HandshakeDecoder.tls11(KeyExchange.ECDHE));
    }

    /** How many decoders found it malformed. */
    private int assertTold(HandshakeType type, byte[] cut) throws IOException {
        var found = decoders().flatMap(each -> wrongBy(each, cut)).toList();
        for (TlsAlertException wrong : found) {
            var lines = Lines.json();
            lines.log().tell(Detail.HANDSHAKE);
            InventedSession.client(lines.log())
                    .tell(new MessageUndecoded(
                            Direction.RECEIVED, Arrays.copyOf(cut, HEADER), cut.length, Optional.of(wrong)));
            String line = lines.only();
            assertEquals(Set.of(), PublishedSchema.violationsIn(line), line);
            assertTrue(line.length() < MOST_OF_A_LINE, line);
            var told = JSON.readTree(line).at("/almosttls/message");
            assertEquals(Said.nameOf(type), told.at("/name").asText());
            assertEquals(cut.length, told.at("/length").asInt());
            assertEquals(wrong.violation().name(), told.at("/undecoded/code").asText());
        }
        return found.size();
    }

    private static Stream<TlsAlertException> wrongBy(HandshakeDecoder decoder, byte[] cut) {
        try {
            decoder.decode(cut);
            return Stream.empty();
        } catch (TlsAlertException wrong) {
            return wrong.violation() == Violation.UNEXPECTED_MESSAGE ? Stream.empty() : Stream.of(wrong);
        }
    }
}
