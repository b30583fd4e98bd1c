package org.almosttls.message;

import org.almosttls.alert.TlsAlertException;
import org.almosttls.registry.CertificateCompressionAlgorithm;
import org.almosttls.registry.HandshakeType;
import org.almosttls.wire.WireReader;
import org.almosttls.wire.WireWriter;

/**
 * RFC 8879 §4: a Certificate message, compressed.
 *
 * @param uncompressedLength of its body
 */
public record CompressedCertificate(
        CertificateCompressionAlgorithm algorithm, int uncompressedLength, byte[] compressed)
        implements HandshakeMessage {

    @Override
    public HandshakeType type() {
        return HandshakeType.COMPRESSED_CERTIFICATE;
    }

    static CompressedCertificate decode(WireReader in) throws TlsAlertException {
        return new CompressedCertificate(new CertificateCompressionAlgorithm(in.uint16()), in.uint24(), in.opaque24(1));
    }

    @Override
    public void encode(WireWriter out) {
        out.uint16(algorithm.code()).uint24(uncompressedLength).opaque24(compressed);
    }
}
