package org.almosttls.ticket;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Base64;
import org.almosttls.testkit.FixedRandomness;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The files of keys that fleets share, in nginx's form and in HAProxy's. */
class KeyListTest {

    private static byte[] random(int length) {
        return new FixedRandomness(7).bytes(length);
    }

    private static String line(int length, int seed) {
        return Base64.getEncoder().encodeToString(new FixedRandomness(seed).bytes(length));
    }

    private static KeyList parse(String text) {
        return KeyList.parse(text.getBytes(StandardCharsets.US_ASCII));
    }

    /** nginx: a name of 16 octets, then a key of 16 for AES-128, then one of 16 for HMAC. */
    @Test
    void fortyEightOctetsAreNameCipherAndMac() {
        byte[] file = random(48);
        var key = KeyList.parse(file.clone()).sealingKey();
        assertArrayEquals(Arrays.copyOfRange(file, 0, 16), key.name());
        assertArrayEquals(Arrays.copyOfRange(file, 16, 32), key.cipher().bytes());
        assertArrayEquals(Arrays.copyOfRange(file, 32, 48), key.mac().bytes());
    }

    /** nginx: here the 32 octets for HMAC come first, then 32 for AES-256. */
    @Test
    void eightyOctetsAreNameMacAndCipher() {
        byte[] file = random(80);
        var key = KeyList.parse(file.clone()).sealingKey();
        assertArrayEquals(Arrays.copyOfRange(file, 0, 16), key.name());
        assertArrayEquals(Arrays.copyOfRange(file, 16, 48), key.mac().bytes());
        assertArrayEquals(Arrays.copyOfRange(file, 48, 80), key.cipher().bytes());
    }

    /** nginx: the first makes tickets, all of them read. */
    @ParameterizedTest
    @CsvSource({"48, 1", "48, 2", "48, 3", "80, 1", "80, 2", "80, 4"})
    void theFirstOfSeveralKeysMakesTickets(int each, int count) {
        byte[] file = random(each * count);
        var list = KeyList.parse(file.clone());
        assertEquals(count, list.keys().size());
        assertEquals(0, list.sealing());
        byte[] last = Arrays.copyOfRange(file, each * (count - 1), each * (count - 1) + 16);
        assertTrue(list.named(last).isPresent());
        assertFalse(list.named(new byte[16]).isPresent());
    }

    /** HAProxy: the last but one makes tickets, so that the last has reached the whole fleet before it does. */
    @ParameterizedTest
    @CsvSource({"1, 0", "2, 0", "3, 1", "5, 3"})
    void theLastLineButOneMakesTickets(int count, int sealing) {
        var text = new StringBuilder("\n");
        for (int i = 0; i < count; i++)
            text.append(line(i % 2 == 0 ? 48 : 80, i)).append(i % 2 == 0 ? "\n" : " \r\n");
        var list = parse(text.toString());
        assertEquals(count, list.keys().size());
        assertEquals(sealing, list.sealing());
        byte[] name = new FixedRandomness(sealing).bytes(16);
        assertArrayEquals(name, list.sealingKey().name());
    }

    @Test
    void theLastLineNeedsNoEnd() {
        assertEquals(1, parse(line(80, 1)).keys().size());
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 1, 47, 49, 79, 81, 128})
    void otherLengthsAreMalformed(int length) {
        assertThrows(IllegalArgumentException.class, () -> KeyList.parse(random(length)));
    }

    /** Five short keys are as many octets as three long ones. */
    @ParameterizedTest
    @ValueSource(ints = {240, 480})
    void aLengthThatMayBeEitherIsNotGuessed(int length) {
        var thrown = assertThrows(IllegalArgumentException.class, () -> KeyList.parse(random(length)));
        assertTrue(thrown.getMessage().contains("48 or of 80"), thrown.getMessage());
    }

    /** What is said of a file must not quote its keys. */
    @ParameterizedTest
    @ValueSource(strings = {"c2VjcmV0", "secret!", "# a comment", "c2VjcmV0\tc2VjcmV0"})
    void otherLinesAreMalformedAndNotQuoted(String bad) {
        var thrown = assertThrows(IllegalArgumentException.class, () -> parse(line(80, 1) + "\n" + bad + "\n"));
        assertEquals(bad.contains("\t"), !thrown.getMessage().startsWith("line 2 is not"));
        for (Throwable each = thrown; each != null; each = each.getCause())
            assertFalse(
                    each.getMessage().contains("secret") || each.getMessage().contains("c2Vj"), each.getMessage());
    }

    @Test
    void theNumberOfKeysIsBounded() {
        assertEquals(64, KeyList.parse(random(80 * 64)).keys().size());
        assertThrows(IllegalArgumentException.class, () -> KeyList.parse(random(80 * 65)));
        assertThrows(IllegalArgumentException.class, () -> parse("\n\n"));
    }

    @Test
    void whatWasReadIsErased() {
        byte[] file = random(80);
        var list = KeyList.parse(file);
        var key = list.sealingKey();
        assertFalse(key.toString().contains(Arrays.toString(key.mac().bytes())));
        list.close();
        assertArrayEquals(new byte[32], key.mac().bytes());
        assertArrayEquals(new byte[32], key.cipher().bytes());
    }
}
