package org.almosttls.trace;

/**
 * Makes what a peer or an application chose fit for a line that people read on a terminal: nothing in it can end the
 * line, move the cursor, change the direction of writing, or look like an escape that it is not.
 */
final class Printable {

    private static final int MOST = 256;

    private Printable() {}

    /** As it is where it is harmless; anything else as {@code \}{@code uXXXX}, and cut after 256 characters. */
    static String of(String text) {
        return of(text, MOST);
    }

    /** As {@link #of(String)}, cut after {@code most} characters of the original. */
    static String of(String text, int most) {
        var out = new StringBuilder();
        for (int i = 0; i < text.length() && i < most; i++) append(text.charAt(i), out);
        return text.length() > most ? out + "..." : out.toString();
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
