package org.almosttls.message;

import java.util.List;
import org.almosttls.alert.TlsAlertException;
import org.almosttls.registry.HandshakeType;
import org.almosttls.wire.WireReader;
import org.almosttls.wire.WireWriter;

/**
 * RFC 8446 §4.4.2: the sender's own certificate first; none where a client has none.
 *
 * @param requestContext that of the CertificateRequest which this answers, empty in a handshake
 */
public record Certificate13(byte[] requestContext, List<CertificateEntry> entries) implements HandshakeMessage {

    @Override
    public HandshakeType type() {
        return HandshakeType.CERTIFICATE;
    }

    static Certificate13 decode(WireReader in) throws TlsAlertException {
        return new Certificate13(in.opaque8(0), in.list24(0, CertificateEntry::decode));
    }

    /**
     * RFC 8879 §4: from the body alone, as it is compressed.
     *
     * @throws TlsAlertException MALFORMED_MESSAGE if it is none
     */
    public static Certificate13 ofBody(byte[] body) throws TlsAlertException {
        var in = new WireReader(body);
        var message = decode(in);
        in.end();
        return message;
    }

    /** Without type and length. */
    public byte[] body() {
        var out = new WireWriter();
        encode(out);
        return out.toByteArray();
    }

    /** The certificates without what is said about them. */
    public List<byte[]> chain() {
        return entries.stream().map(CertificateEntry::certData).toList();
    }

    @Override
    public void encode(WireWriter out) {
        out.opaque8(requestContext).list24(entries, entry -> entry.encode(out));
    }
}
