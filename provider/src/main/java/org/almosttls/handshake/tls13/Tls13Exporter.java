package org.almosttls.handshake.tls13;

import java.util.Optional;
import org.almosttls.config.KeyExporter;
import org.almosttls.crypto.Secret;
import org.almosttls.keyschedule.ExporterSecret;
import org.almosttls.registry.HashAlgorithm;

/** RFC 8446 §7.5: keys for the application; closed while it derives, it waits. */
final class Tls13Exporter implements KeyExporter {

    private static final int LONGEST_LABEL = 249;
    private static final int LONGEST_OF_HASHES = 255;

    private final ExporterSecret secret;
    private final int most;
    private boolean closed;

    /** Takes the secret over. */
    Tls13Exporter(ExporterSecret secret, HashAlgorithm hash) {
        this.secret = secret;
        this.most = LONGEST_OF_HASHES * hash.length();
    }

    /** RFC 8446 §7.5: here no context is the same as an empty one. */
    @Override
    public synchronized Secret export(String label, Optional<byte[]> context, int length) {
        KeyExporter.requireLabel(label, LONGEST_LABEL);
        KeyExporter.require(length > 0 && length <= most, "length of 1 to " + most + " octets expected");
        if (closed) throw new IllegalStateException("the connection is over");
        return secret.export(label, context.orElse(new byte[0]), length);
    }

    @Override
    public synchronized boolean isClosed() {
        return closed;
    }

    @Override
    public synchronized void close() {
        closed = true;
        secret.close();
    }

    @Override
    public String toString() {
        return "Tls13Exporter";
    }
}
