package org.almosttls.message;

import org.almosttls.alert.TlsAlertException;
import org.almosttls.alert.Violation;
import org.almosttls.registry.HandshakeType;
import org.almosttls.wire.WireReader;
import org.almosttls.wire.WireWriter;

/** RFC 5246 §7.4.9: proof that the sender saw the same handshake; 12 octets in TLS 1.2, as many as the hash has in 1.3. */
public record Finished(byte[] verifyData) implements HandshakeMessage {

    @Override
    public HandshakeType type() {
        return HandshakeType.FINISHED;
    }

    /** RFC 5246 §7.4.9: a suite that names no other verify_data_length has 12 octets; none here does. */
    static Finished decode(WireReader in) throws TlsAlertException {
        return new Finished(in.opaque(12));
    }

    /** RFC 8446 §4.4.4: as long as the suite's hash, which is SHA-256 or SHA-384. */
    static Finished decodeOf13(WireReader in) throws TlsAlertException {
        byte[] verifyData = in.rest();
        Violation.MALFORMED_MESSAGE.unless(verifyData.length == 32 || verifyData.length == 48);
        return new Finished(verifyData);
    }

    @Override
    public void encode(WireWriter out) {
        out.opaque(verifyData);
    }
}
