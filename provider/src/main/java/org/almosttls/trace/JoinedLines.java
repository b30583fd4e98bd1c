package org.almosttls.trace;

import java.nio.ByteBuffer;
import java.util.List;

/**
 * Lines one behind the other, and how far they are written.
 *
 * @param octets of all of them, and before them of what they follow; what is written is before its position
 * @param lead how many octets are before the first line
 */
record JoinedLines(List<byte[]> lines, ByteBuffer octets, int lead) {

    /** @param torn whether a piece of another line is in front of them, and ends here */
    static JoinedLines of(List<byte[]> lines, boolean torn) {
        int lead = torn ? 1 : 0;
        int length = lead + lines.stream().mapToInt(line -> line.length).sum();
        var octets = ByteBuffer.allocate(length);
        if (torn) octets.put((byte) '\n');
        lines.forEach(octets::put);
        return new JoinedLines(lines, octets.flip(), lead);
    }

    int written() {
        return octets.position();
    }

    /** How many lines are written whole. */
    int whole() {
        int end = lead;
        for (int i = 0; i < lines.size(); i++) {
            end += lines.get(i).length;
            if (end > written()) return i;
        }
        return lines.size();
    }

    /** How many octets there are to the end of the last whole line; none if no line is whole. */
    int kept() {
        var whole = lines.subList(0, whole());
        return whole.isEmpty()
                ? 0
                : lead + whole.stream().mapToInt(line -> line.length).sum();
    }
}
