package org.almosttls.jsse;

import java.lang.ref.WeakReference;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Supplier;
import javax.crypto.SecretKey;
import javax.crypto.spec.SecretKeySpec;
import javax.net.ssl.SSLKeyException;
import org.almosttls.api.KeyingMaterial;
import org.almosttls.config.KeyExporter;
import org.almosttls.crypto.Secret;

/** Keying material of a connection, or of a session as long as only one open connection has it. */
final class ExportedKeys implements KeyingMaterial {

    private final Supplier<Optional<KeyExporter>> source;

    /** Where there is an exporter if there is one. */
    ExportedKeys(Supplier<Optional<KeyExporter>> source) {
        this.source = source;
    }

    @Override
    public SecretKey exportKeyingMaterialKey(String keyAlg, String label, byte[] context, int length)
            throws SSLKeyException {
        Objects.requireNonNull(keyAlg, "keyAlg can not be null");
        if (keyAlg.isEmpty()) throw new IllegalArgumentException("keyAlg is empty");
        try (var exported = export(label, context, length)) {
            return new SecretKeySpec(exported.bytes(), keyAlg);
        }
    }

    @Override
    public byte[] exportKeyingMaterialData(String label, byte[] context, int length) throws SSLKeyException {
        try (var exported = export(label, context, length)) {
            return exported.bytes().clone();
        }
    }

    private Secret export(String label, byte[] context, int length) throws SSLKeyException {
        Objects.requireNonNull(label, "label can not be null");
        if (length <= 0) throw new IllegalArgumentException("length must be positive");
        var exporter = source.get()
                .orElseThrow(() -> new SSLKeyException("there is no keying material to export: it takes a finished"
                        + " handshake with extended master secret, and a connection that is open"));
        try {
            return exporter.export(label, Optional.ofNullable(context), length);
        } catch (IllegalStateException over) {
            throw new SSLKeyException(over.getMessage());
        }
    }

    /**
     * Those of the connections that have one session. What is exported depends on the connection, so that where there
     * is more than one the session cannot know whose is meant. Holds none of them in memory.
     */
    static final class OfConnections implements Supplier<Optional<KeyExporter>> {

        private static final int MOST = 16;

        private final List<WeakReference<KeyExporter>> open = new ArrayList<>();
        /** Once there were more than anybody counts. */
        private boolean crowded;

        /** One that is here already is not another. */
        synchronized void add(KeyExporter exporter) {
            prune();
            if (open.stream().anyMatch(each -> each.get() == exporter)) return;
            crowded |= open.size() == MOST;
            if (!crowded) open.add(new WeakReference<>(exporter));
        }

        @Override
        public synchronized Optional<KeyExporter> get() {
            prune();
            return crowded || open.size() != 1
                    ? Optional.empty()
                    : Optional.ofNullable(open.get(0).get());
        }

        private void prune() {
            open.removeIf(each -> {
                var exporter = each.get();
                return exporter == null || exporter.isClosed();
            });
        }
    }
}
