package org.almosttls.agent.options;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import java.util.Properties;
import org.almosttls.agent.options.AgentOptions.Detail;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What {@code set} makes of the options in force. */
class OptionWordsTest {

    @TempDir
    private Path folder;

    private static OptionWords given(String text) throws OptionRefused {
        return OptionWords.of(text, new Properties(), Map.of());
    }

    private String keys(String name) {
        return "keylog=" + folder.resolve(name);
    }

    private static void assertRefused(String why, OptionWords words, String change) {
        String message =
                assertThrows(OptionRefused.class, () -> words.changed(change)).getMessage();
        assertTrue(message.contains(why), message);
    }

    @Test
    void detailChanges() throws OptionRefused {
        assertEquals(Detail.RECORD, given("").changed("detail=record").options().detail());
        assertEquals(
                Detail.SESSION,
                given("detail=handshake").changed("detail=session").options().detail());
        assertRefused("bad value \"all\" for detail in what is set", given(""), "detail=all");
    }

    @Test
    void aKeyLogBeginsAndEnds() throws OptionRefused {
        OptionWords begun = given("").changed(keys("a") + ",secrets=expose");
        assertTrue(begun.options().keyLog().isPresent());
        assertEquals(Optional.empty(), begun.changed("keylog=off").options().keyLog());
    }

    @Test
    void aKeyLogStaysWhenAnotherWordChanges() throws OptionRefused {
        OptionWords begun = given(keys("%t") + ",secrets=expose");
        assertEquals(
                begun.options().keyLog(),
                begun.changed("detail=record").options().keyLog());
    }

    @Test
    void eachKeyLogHasToBeAllowedInSoManyWords() throws OptionRefused {
        OptionWords begun = given(keys("a") + ",secrets=expose");
        assertRefused("needs secrets=expose as well", begun, keys("b"));
        assertRefused("needs secrets=expose as well", begun, "secrets=hide");
        assertRefused("needs secrets=expose as well", begun.changed("keylog=off"), keys("a"));
    }
}
