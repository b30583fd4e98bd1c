package org.almosttls.crypto.jca;

import java.math.BigInteger;
import java.security.spec.ECFieldFp;
import java.security.spec.ECParameterSpec;
import java.security.spec.ECPoint;
import org.almosttls.alert.TlsAlertException;
import org.almosttls.alert.Violation;

/** RFC 8422 §5.4.1: points of a curve in uncompressed form. They are public, so time may depend on them. */
final class EcPoints {

    private static final int UNCOMPRESSED = 4;

    private EcPoints() {}

    static byte[] encode(ECPoint point, ECParameterSpec curve) {
        int length = coordinateLength(curve);
        var encoded = new byte[1 + 2 * length];
        encoded[0] = UNCOMPRESSED;
        Integers.bigEndian(point.getAffineX(), encoded, 1, length);
        Integers.bigEndian(point.getAffineY(), encoded, 1 + length, length);
        return encoded;
    }

    /** RFC 8422 §5.11: a point is taken only after a check that it is on the curve, which is of prime order. */
    static ECPoint decode(byte[] encoded, ECParameterSpec curve) throws TlsAlertException {
        int length = coordinateLength(curve);
        Violation.BAD_PUBLIC_KEY.unless(encoded.length == 1 + 2 * length && encoded[0] == UNCOMPRESSED);
        var point = new ECPoint(new BigInteger(1, encoded, 1, length), new BigInteger(1, encoded, 1 + length, length));
        Violation.BAD_PUBLIC_KEY.unless(isOnCurve(point, curve));
        return point;
    }

    private static boolean isOnCurve(ECPoint point, ECParameterSpec parameters) {
        var curve = parameters.getCurve();
        BigInteger p = ((ECFieldFp) curve.getField()).getP();
        BigInteger x = point.getAffineX();
        BigInteger y = point.getAffineY();
        if (x.compareTo(p) >= 0 || y.compareTo(p) >= 0) return false;
        BigInteger right = x.multiply(x).add(curve.getA()).multiply(x).add(curve.getB());
        return y.multiply(y).mod(p).equals(right.mod(p));
    }

    static int coordinateLength(ECParameterSpec parameters) {
        return (parameters.getCurve().getField().getFieldSize() + 7) / 8;
    }
}
