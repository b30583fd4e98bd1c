package org.almosttls.message;

import java.math.BigInteger;
import org.almosttls.alert.TlsAlertException;
import org.almosttls.alert.Violation;
import org.almosttls.registry.NamedGroup;
import org.almosttls.wire.WireReader;
import org.almosttls.wire.WireWriter;

/** RFC 5246 §7.4.3: the server's part of an ephemeral key exchange, which it signs behind the two randoms. */
public sealed interface ServerParams {

    void encode(WireWriter out);

    /** The octets that are signed. */
    default byte[] bytes() {
        var out = new WireWriter();
        encode(out);
        return out.toByteArray();
    }

    /** RFC 8422 §5.4: a point on a named curve. */
    record ServerEcdhParams(NamedGroup group, byte[] point) implements ServerParams {

        /** RFC 8422 §5.4: the one ECCurveType left. */
        private static final int NAMED_CURVE = 3;

        static ServerEcdhParams decode(WireReader in) throws TlsAlertException {
            // RFC 8422 §5.4: explicit curves are gone.
            Violation.CURVE_NOT_NAMED.unless(in.uint8() == NAMED_CURVE);
            return new ServerEcdhParams(new NamedGroup(in.uint16()), in.opaque8(1));
        }

        @Override
        public void encode(WireWriter out) {
            out.uint8(NAMED_CURVE).uint16(group.code()).opaque8(point);
        }
    }

    /** RFC 5246 §7.4.3: a prime, a generator, and a public value in the field they make. */
    record ServerDhParams(byte[] p, byte[] g, byte[] publicValue) implements ServerParams {

        static ServerDhParams decode(WireReader in) throws TlsAlertException {
            return new ServerDhParams(in.opaque16(1), in.opaque16(1), in.opaque16(1));
        }

        @Override
        public void encode(WireWriter out) {
            out.opaque16(p).opaque16(g).opaque16(publicValue);
        }

        public BigInteger prime() {
            return new BigInteger(1, p);
        }

        public BigInteger generator() {
            return new BigInteger(1, g);
        }
    }
}
