package org.almosttls.agent.observe;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Arrays;
import java.util.HexFormat;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What is taken from hellos that nobody has decoded, or ever will. */
class HellosTest {

    private static final String RANDOM =
            "1111111111111111" + "1111111111111111" + "1111111111111111" + "1111111111111111";
    static final String CLIENT = "0303" + RANDOM + "0155" + "0002c02b" + "0100";
    static final String EARLIER = "0303" + RANDOM + "0155" + "c02b" + "00" + "0005" + "ff01000100";
    static final String LATER = "0303" + RANDOM + "0155" + "1301" + "00" + "0006" + "002b00020304";
    static final String RESUMED = "0303" + RANDOM + "0155" + "1301" + "00" + "000c" + "002b00020304" + "002900020000";

    private final Hellos hellos = new Hellos();

    static byte[] message(String type, String body) {
        return HexFormat.of().parseHex(type + "%06x".formatted(body.length() / 2) + body);
    }

    private void passes(String client, String server) {
        hellos.passes(message("01", client));
        hellos.passes(message("02", server));
    }

    @Test
    void withoutAnyNothingIsKnown() {
        hellos.passes(message("0e", ""));
        assertEquals(Optional.empty(), hellos.clientRandom());
        assertFalse(hellos.isBefore13());
        assertFalse(hellos.isFull());
    }

    @Test
    void theClientsRandomIsTheOneInItsHello() {
        hellos.passes(message("01", CLIENT));
        assertArrayEquals(HexFormat.of().parseHex(RANDOM), hellos.clientRandom().orElseThrow());
        assertTrue(hellos.isFull());
        assertFalse(hellos.isBefore13());
    }

    /** RFC 8446 §4.2.1. */
    @ParameterizedTest
    @CsvSource({EARLIER + ", true", LATER + ", false", RESUMED + ", false"})
    void theVersionIsTheOneThatIsChosen(String server, boolean isBefore13) {
        passes(CLIENT, server);
        assertEquals(isBefore13, hellos.isBefore13());
    }

    /** RFC 5246 §7.4.1.3: who repeats the session id resumes; RFC 8446 §4.2.11: who chooses a key does. */
    @ParameterizedTest
    @CsvSource({EARLIER + ", false", LATER + ", true", RESUMED + ", false"})
    void whatResumesIsNotFull(String server, boolean isFull) {
        passes(CLIENT, server);
        assertEquals(isFull, hellos.isFull());
        if (server.equals(EARLIER)) passes(CLIENT, server.replace("0155", "0156"));
        if (server.equals(EARLIER)) assertTrue(hellos.isFull());
    }

    @Test
    void whoOffersNoSessionIdResumesNone() {
        passes(CLIENT.replace("0155", "00"), EARLIER.replace("0155", "00"));
        assertTrue(hellos.isFull());
    }

    @ParameterizedTest
    @ValueSource(strings = {EARLIER, LATER, RESUMED})
    void whatIsCutIsNotReadBeyondItsEnd(String server) {
        byte[] client = message("01", CLIENT);
        byte[] whole = message("02", server);
        for (int length = 4; length < whole.length; length++) {
            hellos.passes(Arrays.copyOf(client, Math.min(length, client.length)));
            hellos.passes(Arrays.copyOf(whole, length));
            assertEquals(length >= 38, hellos.clientRandom().isPresent());
            if (length < 38) assertFalse(hellos.isBefore13());
            if (length < 40) assertTrue(hellos.isFull());
        }
    }

    @Test
    void whateverIsInThemNothingGoesWrong() {
        var random = new Random(8446);
        for (int i = 0; i < 100_000; i++) {
            byte[] octets = message("02", i % 2 == 0 ? LATER : RESUMED);
            for (int j = 1 + random.nextInt(3); j > 0; j--)
                octets[4 + random.nextInt(octets.length - 4)] = (byte) random.nextInt();
            byte[] client = octets.clone();
            client[0] = 1;
            hellos.passes(client);
            hellos.passes(octets);
            assertEquals(32, hellos.clientRandom().orElseThrow().length);
            if (hellos.isBefore13() && octets[38] == 1) assertFalse(hellos.isFull());
        }
    }
}
