package org.almosttls.compression;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.lang.reflect.Constructor;
import java.lang.reflect.Method;
import java.util.Optional;
import org.almosttls.alert.TlsAlertException;
import org.almosttls.alert.Violation;
import org.almosttls.registry.CertificateCompressionAlgorithm;

/** RFC 7932, by {@code brotli4j}. Besides what is read of it, it holds a window of 16 MiB at the most (§9.1). */
final class Brotli implements CertificateCompression {

    private static final String PACKAGE = "com.aayushatharva.brotli4j.";

    private final Method compress;
    private final Constructor<? extends InputStream> decompressing;

    private Brotli(Method compress, Constructor<? extends InputStream> decompressing) {
        this.compress = compress;
        this.decompressing = decompressing;
    }

    static Optional<CertificateCompression> find() {
        return Library.find(libraries -> {
            Class.forName(PACKAGE + "Brotli4jLoader", true, libraries)
                    .getMethod("ensureAvailability")
                    .invoke(null);
            var encoder = Class.forName(PACKAGE + "encoder.Encoder", true, libraries);
            var decoder = Class.forName(PACKAGE + "decoder.BrotliInputStream", true, libraries);
            return new Brotli(
                    encoder.getMethod("compress", byte[].class),
                    decoder.asSubclass(InputStream.class).getConstructor(InputStream.class, int.class));
        });
    }

    @Override
    public CertificateCompressionAlgorithm algorithm() {
        return CertificateCompressionAlgorithm.BROTLI;
    }

    @Override
    public byte[] compress(byte[] message) {
        return Library.compress(compress, message);
    }

    @Override
    public byte[] decompress(byte[] compressed, int length) throws TlsAlertException {
        // All of it at once, so that the library sees what stands behind.
        try (var message = decompressing.newInstance(new ByteArrayInputStream(compressed), compressed.length + 1)) {
            byte[] octets = message.readNBytes(length + 1);
            if (octets.length == length) return octets;
            throw Violation.UNCOMPRESSED_LENGTH_WRONG.exception(
                    octets.length > length ? "more than " + length : octets.length + " instead of " + length);
        } catch (IOException garbage) {
            throw Violation.CERTIFICATE_NOT_COMPRESSED.causedBy(garbage);
        } catch (ReflectiveOperationException unable) {
            throw new IllegalStateException(unable);
        }
    }
}
