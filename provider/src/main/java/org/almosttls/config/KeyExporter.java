package org.almosttls.config;

import java.nio.charset.StandardCharsets;
import java.util.Optional;
import org.almosttls.crypto.Secret;

/** RFC 5705: makes keys for the application from what one connection agreed on. Any thread may call. */
public interface KeyExporter extends AutoCloseable {

    /** The most octets to be had at once. */
    int MOST = 1 << 16;

    /**
     * The caller closes what is returned.
     *
     * @param context empty if there is none; RFC 5705 §4: one of no octets is something else
     * @throws IllegalArgumentException if the label is not one to be used, or a length is out of bounds
     * @throws IllegalStateException if this is closed
     */
    Secret export(String label, Optional<byte[]> context, int length);

    /** Whether the connection is over. */
    boolean isClosed();

    @Override
    void close();

    /**
     * Returns only if the label is one that a protocol with labels of so many characters can take (RFC 5705 §4: ASCII,
     * without an end mark).
     */
    static void requireLabel(String label, int longest) {
        require(!label.isEmpty() && label.length() <= longest, "label of 1 to " + longest + " characters expected");
        require(StandardCharsets.US_ASCII.newEncoder().canEncode(label), "label in ASCII expected");
    }

    static void require(boolean obeyed, String rule) {
        if (!obeyed) throw new IllegalArgumentException(rule);
    }
}
