package org.almosttls.registry;

import java.util.Comparator;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/** The names of one IANA registry in both directions, read once from a table and never changed. */
final class Names {

    /** By the first octet of a code, and by the second: each message asks for some. */
    private final String[][] byCode = new String[1 << 8][];

    private final Map<String, Integer> byName;

    /**
     * A registry whose names are told apart by case.
     *
     * @param prefix what every name begins with and the table leaves out
     * @param table lines of a number in hex and the names of this number and of those that follow it; a name behind
     *     an equals sign goes without the prefix
     */
    static Names of(String prefix, String table) {
        return new Names(prefix, table, Comparator.naturalOrder());
    }

    /** A registry whose names are found in any case, as the platform finds groups and schemes; see {@link #of}. */
    static Names inAnyCase(String table) {
        return new Names("", table, String.CASE_INSENSITIVE_ORDER);
    }

    private Names(String prefix, String table, Comparator<String> order) {
        byName = new TreeMap<>(order);
        table.lines().forEach(line -> addLine(prefix, line.split(" ")));
    }

    private void addLine(String prefix, String[] words) {
        int first = Integer.parseInt(words[0], 16);
        for (int i = 1; i < words.length; i++) {
            String name = words[i].startsWith("=") ? words[i].substring(1) : prefix + words[i];
            put(first + i - 1, name);
            byName.put(name, first + i - 1);
        }
    }

    private void put(int code, String name) {
        if (byCode[code >>> 8] == null) byCode[code >>> 8] = new String[1 << 8];
        byCode[code >>> 8][code & 0xFF] = name;
    }

    /** Null for one that has none, be it a number of two octets or not. */
    private String find(int code) {
        String[] names = code >>> 16 == 0 ? byCode[code >>> 8] : null;
        return names == null ? null : names[code & 0xFF];
    }

    Optional<Integer> code(String name) {
        return Optional.ofNullable(byName.get(name));
    }

    /** The name of a number of two octets, {@code GREASE_0xNNNN} or {@code 0xNNNN} for one that has none. */
    String ofUint16(int code) {
        var name = find(code);
        if (name != null) return name;
        return (isGrease(code) ? "GREASE_0x%04X" : "0x%04X").formatted(code);
    }

    /** The name of a number of one octet, {@code 0xNN} for one that has none. */
    String ofUint8(int code) {
        var name = find(code);
        return name != null ? name : "0x%02X".formatted(code);
    }

    /** RFC 8701 §2: 0x0A0A, 0x1A1A and so on to 0xFAFA, sent to see whether the peer bears what it does not know. */
    static boolean isGrease(int code) {
        return (code & 0x0F0F) == 0x0A0A && code >>> 8 == (code & 0xFF);
    }
}
