package org.almosttls.compression;

import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.util.Optional;
import org.almosttls.alert.TlsAlertException;
import org.almosttls.alert.Violation;
import org.almosttls.registry.CertificateCompressionAlgorithm;

/** RFC 8878, by {@code zstd-jni}. It writes into an array of a fixed length, so nothing grows beyond that. */
final class Zstandard implements CertificateCompression {

    private final Method compress;
    private final Method decompress;

    private Zstandard(Method compress, Method decompress) {
        this.compress = compress;
        this.decompress = decompress;
    }

    static Optional<CertificateCompression> find() {
        return Library.find(libraries -> {
            var library = Class.forName("com.github.luben.zstd.Zstd", true, libraries);
            return new Zstandard(
                    library.getMethod("compress", byte[].class),
                    library.getMethod("decompress", byte[].class, int.class));
        });
    }

    @Override
    public CertificateCompressionAlgorithm algorithm() {
        return CertificateCompressionAlgorithm.ZSTD;
    }

    @Override
    public byte[] compress(byte[] message) {
        return Library.compress(compress, message);
    }

    @Override
    public byte[] decompress(byte[] compressed, int length) throws TlsAlertException {
        try {
            var message = (byte[]) decompress.invoke(null, compressed, length);
            if (message.length != length)
                throw Violation.UNCOMPRESSED_LENGTH_WRONG.exception(message.length + " octets instead of " + length);
            return message;
        } catch (InvocationTargetException garbage) {
            // What has no room is not told apart from what is none.
            throw Violation.CERTIFICATE_NOT_COMPRESSED.causedBy(garbage.getCause());
        } catch (IllegalAccessException hidden) {
            throw new IllegalStateException(hidden);
        }
    }
}
