package org.almosttls.compression;

import java.nio.ByteBuffer;
import java.util.LinkedHashMap;
import java.util.Map;
import org.almosttls.alert.TlsAlertException;
import org.almosttls.registry.CertificateCompressionAlgorithm;

/** Compresses each message once: those of a server are few, and every handshake has one. */
final class Remembered implements CertificateCompression {

    private static final int MOST = 16;

    private final CertificateCompression compression;
    private final Map<ByteBuffer, byte[]> known = new LinkedHashMap<>(MOST, 0.75f, true) {
        @Override
        protected boolean removeEldestEntry(Map.Entry<ByteBuffer, byte[]> eldest) {
            return size() > MOST;
        }
    };

    Remembered(CertificateCompression compression) {
        this.compression = compression;
    }

    @Override
    public CertificateCompressionAlgorithm algorithm() {
        return compression.algorithm();
    }

    @Override
    public byte[] compress(byte[] message) {
        var key = ByteBuffer.wrap(message);
        synchronized (known) {
            var compressed = known.get(key);
            if (compressed != null) return compressed;
        }
        byte[] compressed = compression.compress(message);
        synchronized (known) {
            known.put(key, compressed);
        }
        return compressed;
    }

    @Override
    public byte[] decompress(byte[] compressed, int length) throws TlsAlertException {
        return compression.decompress(compressed, length);
    }
}
