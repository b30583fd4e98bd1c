package org.almosttls.interop;

import java.util.Random;

/**
 * Data that even an interactive program passes on as it is: lines of digits between brackets. What such a program says
 * for itself may come between the lines, and has no digits in it.
 */
final class Message {

    /** A whole message, its digits and what else may be among them in the group. */
    static final String PATTERN = "<([0-9]{63}[^>]*)>";

    /** As in the pattern: programs say other things in angle brackets. */
    private static final int DIGITS_PER_LINE = 63;

    private Message() {}

    /** At least so many octets. */
    static String of(int octets) {
        var random = new Random(octets);
        var message = new StringBuilder("<");
        while (message.length() < octets) {
            for (int i = 0; i < DIGITS_PER_LINE; i++) message.append((char) ('0' + random.nextInt(10)));
            message.append('\n');
        }
        return message.append(">\n").toString();
    }

    static String digits(String message) {
        return message.replaceAll("[^0-9]", "");
    }
}
