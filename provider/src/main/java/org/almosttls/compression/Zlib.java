package org.almosttls.compression;

import java.util.Arrays;
import java.util.zip.DataFormatException;
import java.util.zip.Deflater;
import java.util.zip.Inflater;
import org.almosttls.alert.TlsAlertException;
import org.almosttls.alert.Violation;
import org.almosttls.registry.CertificateCompressionAlgorithm;

/** RFC 1950, by the platform. */
final class Zlib implements CertificateCompression {

    /** What zlib adds at the least and at the most to what it cannot make shorter, for messages of up to 2^24 octets. */
    private static final int MOST_ADDED = 64 + (1 << 13);

    @Override
    public CertificateCompressionAlgorithm algorithm() {
        return CertificateCompressionAlgorithm.ZLIB;
    }

    @Override
    public byte[] compress(byte[] message) {
        var deflater = new Deflater(Deflater.BEST_COMPRESSION);
        try {
            deflater.setInput(message);
            deflater.finish();
            byte[] compressed = new byte[message.length + MOST_ADDED];
            int octets = deflater.deflate(compressed);
            if (!deflater.finished()) throw new IllegalStateException("zlib expands");
            return Arrays.copyOf(compressed, octets);
        } finally {
            deflater.end();
        }
    }

    @Override
    public byte[] decompress(byte[] compressed, int length) throws TlsAlertException {
        var inflater = new Inflater();
        try {
            inflater.setInput(compressed);
            // One octet more shows that there are more.
            byte[] message = new byte[length + 1];
            int octets = inflate(inflater, message);
            if (octets > length) throw Violation.UNCOMPRESSED_LENGTH_WRONG.exception("more than " + length + " octets");
            if (!inflater.finished()) throw Violation.CERTIFICATE_NOT_COMPRESSED.exception("it ends too early");
            if (inflater.getRemaining() > 0)
                throw Violation.CERTIFICATE_NOT_COMPRESSED.exception(inflater.getRemaining() + " octets too many");
            if (octets < length)
                throw Violation.UNCOMPRESSED_LENGTH_WRONG.exception(octets + " octets instead of " + length);
            return Arrays.copyOf(message, length);
        } catch (DataFormatException garbage) {
            throw Violation.CERTIFICATE_NOT_COMPRESSED.causedBy(garbage);
        } finally {
            inflater.end();
        }
    }

    /** Until there is no more, or no more room, or it cannot go on. */
    private static int inflate(Inflater inflater, byte[] message) throws DataFormatException {
        int octets = 0;
        while (octets < message.length) {
            int more = inflater.inflate(message, octets, message.length - octets);
            if (more == 0) break;
            octets += more;
        }
        return octets;
    }
}
