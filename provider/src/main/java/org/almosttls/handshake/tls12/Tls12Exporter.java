package org.almosttls.handshake.tls12;

import java.util.Optional;
import java.util.Set;
import org.almosttls.config.KeyExporter;
import org.almosttls.crypto.Secret;
import org.almosttls.keyschedule.Tls12MasterSecret;

/** RFC 5705 §4, from a master secret of its own; closed while it derives, it waits. */
final class Tls12Exporter implements KeyExporter {

    /** RFC 5705 §6, RFC 7627 §4: what these labels give is known to be something else. */
    private static final Set<String> RESERVED =
            Set.of("client finished", "server finished", "master secret", "key expansion", "extended master secret");

    private static final int LONGEST_LABEL = 255;
    private static final int LONGEST_CONTEXT = 0xFFFF;

    private final Tls12MasterSecret master;
    private final HelloRandoms randoms;
    private boolean closed;

    /** Takes the master secret over. */
    Tls12Exporter(Tls12MasterSecret master, HelloRandoms randoms) {
        this.master = master;
        this.randoms = randoms;
    }

    @Override
    public synchronized Secret export(String label, Optional<byte[]> context, int length) {
        KeyExporter.requireLabel(label, LONGEST_LABEL);
        KeyExporter.require(!RESERVED.contains(label), "label reserved for TLS itself");
        KeyExporter.require(length > 0 && length <= MOST, "length of 1 to " + MOST + " octets expected");
        KeyExporter.require(
                context.map(octets -> octets.length).orElse(0) <= LONGEST_CONTEXT, "context of 16-bit length expected");
        if (closed) throw new IllegalStateException("the connection is over");
        return master.export(label, randoms.client(), randoms.server(), context, length);
    }

    @Override
    public synchronized boolean isClosed() {
        return closed;
    }

    @Override
    public synchronized void close() {
        closed = true;
        master.close();
    }

    @Override
    public String toString() {
        return "Tls12Exporter";
    }
}
