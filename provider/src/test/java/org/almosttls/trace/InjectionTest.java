package org.almosttls.trace;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.almosttls.alert.Violation;
import org.almosttls.crypto.Secret;
import org.almosttls.event.Direction;
import org.almosttls.event.Endpoint;
import org.almosttls.event.TlsEvent;
import org.almosttls.event.TlsEvent.Ending;
import org.almosttls.event.TlsEventListener;
import org.almosttls.extension.ApplicationProtocols;
import org.almosttls.extension.Extensions;
import org.almosttls.message.ClientHello;
import org.almosttls.registry.Role;
import org.almosttls.testkit.Samples;
import org.almosttls.testkit.TestConfig;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What peers and applications choose can neither forge a line nor act on the terminal that shows it. */
class InjectionTest {

    private static ClientHello helloWith(List<String> protocols) {
        var plain = Samples.clientHello();
        return new ClientHello(
                plain.legacyVersion(),
                plain.random(),
                plain.sessionId(),
                plain.cipherSuites(),
                plain.compressionMethods(),
                Extensions.of(List.of(new ApplicationProtocols(protocols))));
    }

    private static void play(TlsEventListener to, String text) {
        play(to, text, List.of(text), text);
    }

    /** The name is the application's: one that cannot be is not taken from a peer. */
    private static void play(TlsEventListener to, String name, List<String> protocols, String detail) {
        var config = TestConfig.client().serverName(name).build();
        InventedSession.begin(to, new TlsEvent.Opened(config, Optional.empty(), Optional.empty()))
                .says(Role.CLIENT, helloWith(protocols))
                .fails(Violation.NO_APPLICATION_PROTOCOL.exception(detail))
                .closes(Ending.FAILED);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "x\nAlmostTLS forged",
                "x\r\nAlmostTLS forged",
                "\u001b[2J\u001b]0;title\u0007",
                "\u009b31mred",
                "gnp.\u202egpj",
                "line\u2028separator",
                "\u007f\b\bdel",
                "\ud800 alone",
                "\\u001b already escaped"
            })
    void aLineStaysOneLineOfHarmlessCharacters(String text) throws IOException {
        for (Lines lines : List.of(Lines.text(), Lines.json())) {
            play(lines.log(), text);
            var line = lines.only();
            assertEquals(line.length() - 1, line.indexOf('\n'));
            // The one sign beyond ASCII in text is that of a section, which is ours.
            assertTrue(line.chars().allMatch(c -> c >= ' ' && c < 0x7F || c == '\n'), line);
        }
    }

    @Test
    void textShowsWhatWasThere() {
        assertEquals("a\\u001b[2Jb \\u202e \\\\u001b", Printable.of("a\u001b[2Jb \u202e \\u001b"));
    }

    @Test
    void lettersOfAnyScriptStayReadable() {
        assertEquals("CN=Zo\u00eb \u5c71\u7530", Printable.of("CN=Zo\u00eb \u5c71\u7530"));
    }

    @Test
    void textIsCut() {
        assertEquals("x".repeat(256) + "...", Printable.of("x".repeat(257)));
    }

    @Test
    void jsonKeepsWhatWasThere() throws IOException {
        var lines = Lines.json();
        play(lines.log(), "\u001b\n\u202e");
        assertEquals(
                "\u001b\n\u202e",
                new ObjectMapper().readTree(lines.only()).at("/server/address").asText());
    }

    @Test
    void jsonIsBounded() {
        var lines = Lines.json();
        var protocols = Collections.nCopies(200, "p".repeat(200));
        play(lines.log(), "x".repeat(20_000), protocols, "y".repeat(60_000));
        assertTrue(lines.only().length() < 40_000, "length " + lines.only().length());
        assertTrue(lines.only().contains("\"and 100 more\""));
    }

    @Test
    void aStrangeEndpointIsHarmlessToo() {
        var lines = Lines.text();
        var config = Synthetic.config(Role.CLIENT, new SteppingClock());
        var opened = new TlsEvent.Opened(config, Optional.empty(), Optional.of(new Endpoint("a\nb", 1)));
        InventedSession.begin(lines.log(), opened).closes(Ending.ABANDONED);
        assertTrue(lines.only().contains("a\\u000ab:1"), lines.only());
    }

    @Test
    void noSecretIsWantedOrWritten() {
        var lines = Lines.json();
        assertFalse(lines.log().wants(TlsEventListener.Kind.SECRET));
        assertFalse(lines.log().wants(TlsEventListener.Kind.RECORD));
        var secret = new byte[] {0x5E, (byte) 0xC2, 0x37, 0x5E, (byte) 0xC2, 0x37};
        InventedSession.client(lines.log())
                .tell(new TlsEvent.SecretDerived("CLIENT_RANDOM", new byte[32], Secret.owning(secret)))
                .tell(new TlsEvent.KeysChanged(Direction.SENT))
                .established()
                .closes(Ending.CLOSE_NOTIFY);
        assertFalse(lines.only().toLowerCase(Locale.ROOT).contains("5ec237"), lines.only());
    }
}
