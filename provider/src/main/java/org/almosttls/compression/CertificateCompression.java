package org.almosttls.compression;

import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.almosttls.alert.TlsAlertException;
import org.almosttls.registry.CertificateCompressionAlgorithm;

/** RFC 8879 §4: one way to make a message of certificates shorter, and back. */
public interface CertificateCompression {

    /** Those that are there, the best first. */
    List<CertificateCompression> ALL = Stream.of(Brotli.find(), Zstandard.find(), Optional.of(new Zlib()))
            .flatMap(Optional::stream)
            .<CertificateCompression>map(Remembered::new)
            .toList();

    /** The one of this number, if it is there. */
    static Optional<CertificateCompression> of(CertificateCompressionAlgorithm algorithm) {
        return ALL.stream().filter(each -> each.algorithm().equals(algorithm)).findFirst();
    }

    CertificateCompressionAlgorithm algorithm();

    /** The caller leaves the octets as they are. */
    byte[] compress(byte[] message);

    /**
     * What was compressed, of which nothing is kept beyond {@code length}.
     *
     * @throws TlsAlertException CERTIFICATE_NOT_COMPRESSED if this is no compressed message and nothing else,
     *     UNCOMPRESSED_LENGTH_WRONG if it is shorter or longer than {@code length}
     */
    byte[] decompress(byte[] compressed, int length) throws TlsAlertException;
}
