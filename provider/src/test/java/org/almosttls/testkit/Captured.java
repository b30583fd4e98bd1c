package org.almosttls.testkit;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.Map;

/** What other implementations sent, as hex under a name in brackets in a resource of the package {@code message}. */
public final class Captured {

    private final Map<String, StringBuilder> hexByName = new LinkedHashMap<>();

    private Captured(String text) {
        var hex = new StringBuilder();
        for (var line : text.lines().filter(each -> !each.startsWith("#")).toList()) {
            if (line.startsWith("[")) {
                hex = new StringBuilder();
                hexByName.put(line.substring(1, line.length() - 1), hex);
            } else {
                hex.append(line);
            }
        }
    }

    public static Captured in(String resource) {
        try (var in = Captured.class.getResourceAsStream("/org/almosttls/message/" + resource)) {
            return new Captured(new String(in.readAllBytes(), StandardCharsets.US_ASCII));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** The whole message, header included. */
    public byte[] message(String name) {
        return HexFormat.of().parseHex(hexByName.get(name));
    }

    public Map<String, byte[]> messages() {
        var all = new LinkedHashMap<String, byte[]>();
        hexByName.keySet().forEach(name -> all.put(name, message(name)));
        return all;
    }
}
