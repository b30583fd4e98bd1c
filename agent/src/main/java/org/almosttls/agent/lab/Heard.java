package org.almosttls.agent.lab;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.Optional;

/**
 * What an application got over one connection.
 *
 * @param text up to the end of the stream, or to the exception
 * @param exception none if the stream came to an ordinary end
 */
public record Heard(String text, Optional<String> exception) {

    static Heard from(InputStream in) {
        var text = new StringBuilder();
        var some = new byte[4096];
        try {
            for (int count = in.read(some); count >= 0; count = in.read(some))
                text.append(new String(some, 0, count, StandardCharsets.ISO_8859_1));
            return new Heard(text.toString(), Optional.empty());
        } catch (IOException e) {
            return new Heard(text.toString(), Optional.of(wordsOf(e)));
        }
    }

    static Heard nothing(IOException e) {
        return new Heard("", Optional.of(wordsOf(e)));
    }

    private static String wordsOf(IOException e) {
        return e.getClass().getSimpleName() + ": " + e.getMessage();
    }
}
