package org.almosttls.handshake.tls13;

import java.util.Optional;
import org.almosttls.alert.TlsAlertException;
import org.almosttls.alert.Violation;
import org.almosttls.compression.CertificateCompression;
import org.almosttls.config.TlsConfig;
import org.almosttls.extension.CompressCertificate;
import org.almosttls.message.Certificate13;
import org.almosttls.message.CompressedCertificate;
import org.almosttls.message.HandshakeMessage;
import org.almosttls.message.TlsMessage;
import org.almosttls.record.HandshakeReassembler;
import org.almosttls.registry.ExtensionType;

/** RFC 8879: which certificates are compressed, and what is in those that are. */
public final class CertificateCompressions {

    /** Algorithm and both lengths. */
    private static final int OVERHEAD = 2 + 3 + 3;

    private CertificateCompressions() {}

    /** RFC 8879 §3: what this end can decompress, unless it is ruled out. */
    public static Optional<CompressCertificate> offer(TlsConfig config) {
        return config.policy().permitsExtension(ExtensionType.COMPRESS_CERTIFICATE)
                ? Optional.of(new CompressCertificate(CertificateCompression.ALL.stream()
                        .map(CertificateCompression::algorithm)
                        .toList()))
                : Optional.empty();
    }

    /** What comes instead of this message: RFC 8879 §4 leaves it to the sender, who has no use for what is longer. */
    public static HandshakeMessage shorter(
            Certificate13 message, Optional<CompressCertificate> peers, TlsConfig config) {
        if (peers.isEmpty() || offer(config).isEmpty()) return message;
        byte[] body = message.body();
        return peers.get().algorithms().stream()
                .flatMap(algorithm -> CertificateCompression.of(algorithm).stream())
                .findFirst()
                .map(how -> new CompressedCertificate(how.algorithm(), body.length, how.compress(body)))
                .filter(compressed -> OVERHEAD + compressed.compressed().length < body.length)
                .<HandshakeMessage>map(compressed -> compressed)
                .orElse(message);
    }

    /**
     * The certificates that have come, compressed or not; empty if this is another message.
     *
     * @param offered what this end has said, if it has
     */
    public static Optional<Certificate13> received(TlsMessage message, Optional<CompressCertificate> offered)
            throws TlsAlertException {
        if (message instanceof Certificate13 certificate) return Optional.of(certificate);
        return message instanceof CompressedCertificate compressed && offered.isPresent()
                ? Optional.of(decompressed(compressed, offered.get()))
                : Optional.empty();
    }

    private static Certificate13 decompressed(CompressedCertificate message, CompressCertificate offered)
            throws TlsAlertException {
        // RFC 8879 §4: one of those listed.
        var how = CertificateCompression.of(message.algorithm())
                .filter(known -> offered.algorithms().contains(known.algorithm()))
                .orElseThrow(() -> Violation.CERTIFICATE_COMPRESSION_NOT_OFFERED.exception(
                        message.algorithm().name()));
        int length = message.uncompressedLength();
        // RFC 8879 §5: the same limit as if it were not compressed.
        if (length > HandshakeReassembler.MAX_MESSAGE)
            throw Violation.MESSAGE_TOO_LONG.exception(length + " octets when decompressed");
        return Certificate13.ofBody(how.decompress(message.compressed(), length));
    }
}
