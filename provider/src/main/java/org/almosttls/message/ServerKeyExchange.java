package org.almosttls.message;

import org.almosttls.alert.TlsAlertException;
import org.almosttls.alert.Violation;
import org.almosttls.registry.HandshakeType;
import org.almosttls.registry.NamedGroup;
import org.almosttls.registry.SignatureScheme;
import org.almosttls.wire.WireReader;
import org.almosttls.wire.WireWriter;

/** RFC 8422 §5.4: the server's ephemeral key in a named group, and its signature over both randoms and {@link #parameters}. */
public record ServerKeyExchange(NamedGroup group, byte[] point, SignatureScheme scheme, byte[] signature)
        implements HandshakeMessage {

    /** RFC 8422 §5.4: the one ECCurveType left. */
    private static final int NAMED_CURVE = 3;

    @Override
    public HandshakeType type() {
        return HandshakeType.SERVER_KEY_EXCHANGE;
    }

    static ServerKeyExchange decode(WireReader in) throws TlsAlertException {
        // RFC 8422 §5.4: explicit curves are gone.
        Violation.CURVE_NOT_NAMED.unless(in.uint8() == NAMED_CURVE);
        return new ServerKeyExchange(
                new NamedGroup(in.uint16()), in.opaque8(1), new SignatureScheme(in.uint16()), in.opaque16(0));
    }

    @Override
    public void encode(WireWriter out) {
        out.opaque(parameters()).uint16(scheme.code()).opaque16(signature);
    }

    /** RFC 8422 §5.4: the octets of ServerECDHParams, which are signed behind the two randoms. */
    public byte[] parameters() {
        return parameters(group, point);
    }

    /** As {@link #parameters()}, for the server, which must sign them before it has the message. */
    public static byte[] parameters(NamedGroup group, byte[] point) {
        return new WireWriter()
                .uint8(NAMED_CURVE)
                .uint16(group.code())
                .opaque8(point)
                .toByteArray();
    }
}
