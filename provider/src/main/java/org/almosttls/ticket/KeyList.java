package org.almosttls.ticket;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import org.almosttls.crypto.Secret;

/**
 * Keys as a fleet shares them: in the form that nginx reads ({@code ssl_session_ticket_key}), 48 or 80 octets for each
 * key, of which the first makes tickets; or in HAProxy's ({@code tls-ticket-keys}), the base64 of such octets in a line
 * for each key, of which the last but one makes tickets. Owns its keys.
 *
 * @param sealing the index of the key for new tickets
 */
public record KeyList(List<TicketKey> keys, int sealing) implements AutoCloseable {

    private static final int SHORT = 48;
    private static final int LONG = 80;
    private static final int MOST = 64;

    /** @throws IllegalArgumentException saying what is wrong, without anything of the keys */
    public static KeyList parse(byte[] octets) {
        boolean isText = octets.length > 0;
        for (byte octet : octets) isText &= octet == '\n' || octet == '\r' || octet >= ' ' && octet <= '~';
        return isText ? ofLines(octets) : ofOctets(octets);
    }

    private static KeyList ofOctets(byte[] octets) {
        boolean isShort = octets.length % SHORT == 0;
        boolean isLong = octets.length % LONG == 0;
        if (octets.length == 0 || !isShort && !isLong)
            throw new IllegalArgumentException(
                    octets.length + " octets are neither keys of 48 or 80 octets nor lines of base64");
        if (isShort && isLong)
            throw new IllegalArgumentException(
                    octets.length + " octets may be keys of 48 or of 80 octets: write each key as a line of base64");
        int each = isLong ? LONG : SHORT;
        var keys = new ArrayList<TicketKey>();
        for (int start = 0; start < octets.length; start += each)
            keys.add(key(Arrays.copyOfRange(octets, start, start + each)));
        return bounded(keys, 0);
    }

    private static KeyList ofLines(byte[] text) {
        var keys = new ArrayList<TicketKey>();
        int line = 1;
        for (int start = 0; start < text.length; line++) {
            int end = start;
            while (end < text.length && text[end] != '\n') end++;
            ofLine(Arrays.copyOfRange(text, start, end), line).ifPresent(keys::add);
            start = end + 1;
        }
        // HAProxy: the last key is there for the others of the fleet to have it in time, and is used from the next on.
        return bounded(keys, Math.max(0, keys.size() - 2));
    }

    private static Optional<TicketKey> ofLine(byte[] line, int number) {
        int end = line.length;
        while (end > 0 && line[end - 1] <= ' ') end--;
        var stripped = Arrays.copyOf(line, end);
        Arrays.fill(line, (byte) 0);
        try {
            byte[] octets = Base64.getDecoder().decode(stripped);
            if (octets.length == 0) return Optional.empty();
            if (octets.length == SHORT || octets.length == LONG) return Optional.of(key(octets));
            Arrays.fill(octets, (byte) 0);
        } catch (IllegalArgumentException notBase64) {
            throw malformed(number);
        } finally {
            Arrays.fill(stripped, (byte) 0);
        }
        throw malformed(number);
    }

    /** The cause would quote the line. */
    private static IllegalArgumentException malformed(int line) {
        return new IllegalArgumentException("line " + line + " is not the base64 of 48 or 80 octets");
    }

    /** As nginx has it: name, cipher, MAC in 48 octets, but name, MAC, cipher in 80. */
    private static TicketKey key(byte[] octets) {
        int name = TicketKey.NAME_LENGTH;
        int middle = name + (octets.length - name) / 2;
        var first = Secret.owning(Arrays.copyOfRange(octets, name, middle));
        var second = Secret.owning(Arrays.copyOfRange(octets, middle, octets.length));
        boolean macFirst = octets.length == LONG;
        var key = new TicketKey(Arrays.copyOf(octets, name), macFirst ? first : second, macFirst ? second : first);
        Arrays.fill(octets, (byte) 0);
        return key;
    }

    private static KeyList bounded(List<TicketKey> keys, int sealing) {
        if (!keys.isEmpty() && keys.size() <= MOST) return new KeyList(List.copyOf(keys), sealing);
        keys.forEach(TicketKey::close);
        throw new IllegalArgumentException("it holds " + keys.size() + " keys, not 1 to " + MOST);
    }

    public TicketKey sealingKey() {
        return keys.get(sealing);
    }

    public Optional<TicketKey> named(byte[] name) {
        return keys.stream().filter(key -> key.isNamed(name)).findFirst();
    }

    @Override
    public void close() {
        keys.forEach(TicketKey::close);
    }
}
