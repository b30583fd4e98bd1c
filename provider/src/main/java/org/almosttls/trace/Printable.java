package org.almosttls.trace;

/**
 * Makes what a peer or an application chose fit for a line that people read on a terminal: nothing in it can end the
 * line, move the cursor, change the direction of writing, or look like an escape that it is not.
 */
final class Printable {

    private static final int MOST = 256;

    private Printable() {}

    /** As it is where it is harmless; anything else as {@code \}{@code uXXXX}, and no longer than 256 characters. */
    static String of(String text) {
        var out = new StringBuilder();
        for (int i = 0; i < text.length() && i < MOST; i++) append(text.charAt(i), out);
        return text.length() > MOST ? out + "..." : out.toString();
    }

    private static void append(char c, StringBuilder out) {
        if (c == '\\') out.append("\\\\");
        else if (isHarmless(c)) out.append(c);
        else out.append("\\u%04x".formatted((int) c));
    }

    private static boolean isHarmless(char c) {
        if (c < 0x7F) return c >= ' ';
        return Character.isLetterOrDigit(c);
    }
}
