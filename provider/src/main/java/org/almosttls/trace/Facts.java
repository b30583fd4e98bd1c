package org.almosttls.trace;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;

/**
 * What something holds, by the names that the RFC's structures give it and in their order. Long lists and long octets are
 * cut, and say so; what is empty is left out.
 */
final class Facts {

    private static final int MOST = 100;
    private static final int MOST_OCTETS = 512;

    private final Map<String, Value> all = new LinkedHashMap<>();

    /** What stands behind a name. */
    sealed interface Value {}

    record Text(String text) implements Value {}

    record Number(long number) implements Value {}

    /** Octets in hexadecimal. */
    record Octets(String hex) implements Value {}

    record Texts(List<String> texts) implements Value {}

    record Inner(Facts facts) implements Value {}

    record Several(List<Facts> each) implements Value {}

    Map<String, Value> all() {
        return all;
    }

    Facts text(String name, String text) {
        if (!text.isEmpty()) all.put(name, new Text(text));
        return this;
    }

    Facts number(String name, long number) {
        all.put(name, new Number(number));
        return this;
    }

    Facts octets(String name, byte[] octets) {
        if (octets.length == 0) return this;
        var hex = HexFormat.of().formatHex(octets, 0, Math.min(octets.length, MOST_OCTETS));
        return hex(name, octets.length > MOST_OCTETS ? hex + "..." : hex);
    }

    /** Octets that are written already. */
    Facts hex(String name, String hex) {
        if (!hex.isEmpty()) all.put(name, new Octets(hex));
        return this;
    }

    <T> Facts texts(String name, List<T> of, Function<T, String> text) {
        if (!of.isEmpty()) all.put(name, new Texts(listed(of, text)));
        return this;
    }

    /** In words, and how many more there are. */
    static <T> List<String> listed(List<T> of, Function<T, String> text) {
        int told = Math.min(of.size(), MOST);
        var texts = new ArrayList<String>(told + 1);
        for (T each : of.subList(0, told)) texts.add(text.apply(each));
        if (of.size() > told) texts.add("and " + (of.size() - told) + " more");
        return Collections.unmodifiableList(texts);
    }

    Facts inner(String name, Facts facts) {
        if (!facts.all.isEmpty()) all.put(name, new Inner(facts));
        return this;
    }

    <T> Facts each(String name, List<T> of, Function<T, Facts> facts) {
        if (of.isEmpty()) return this;
        var each = new ArrayList<>(of.stream().limit(MOST).map(facts).toList());
        if (of.size() > MOST) each.add(new Facts().number("more", of.size() - MOST));
        all.put(name, new Several(each));
        return this;
    }

    /** All that the other ones are. */
    Facts plus(Facts more) {
        all.putAll(more.all);
        return this;
    }

    /**
     * RFC 5077 §3.4, RFC 8446 §C.4: what names a session by holding it, which is not for who reads a log: so long, and by
     * its digest it is known again.
     */
    static Facts ofHidden(byte[] octets) {
        var facts = new Facts().number("length", octets.length);
        Digest.hex("SHA-256", octets).ifPresent(hex -> facts.hex("sha256", hex.substring(0, 16)));
        return facts;
    }

    /** Each octet as a number of its own. */
    static List<Integer> numbers(byte[] octets) {
        var numbers = new Integer[octets.length];
        Arrays.setAll(numbers, i -> octets[i] & 0xFF);
        return List.of(numbers);
    }
}
