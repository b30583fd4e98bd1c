package org.almosttls.crypto.jca;

import static org.almosttls.testkit.Hex.hex;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.math.BigInteger;
import java.security.AlgorithmParameters;
import java.security.GeneralSecurityException;
import java.security.spec.ECFieldFp;
import java.security.spec.ECGenParameterSpec;
import java.security.spec.ECParameterSpec;
import org.almosttls.alert.TlsAlertException;
import org.almosttls.alert.Violation;
import org.junit.jupiter.api.Test;

/** What is checked here, whether or not the provider behind it would check it too. */
class EcPointsTest {

    private final ECParameterSpec curve;

    EcPointsTest() throws GeneralSecurityException {
        var parameters = AlgorithmParameters.getInstance("EC");
        parameters.init(new ECGenParameterSpec("secp256r1"));
        curve = parameters.getParameterSpec(ECParameterSpec.class);
    }

    /** The point with x = 0: as it should be, and with p added to x, which fits 32 octets too. */
    @Test
    void aCoordinateIsLessThanP() throws TlsAlertException {
        BigInteger p = ((ECFieldFp) curve.getCurve().getField()).getP();
        BigInteger y = curve.getCurve().getB().modPow(p.add(BigInteger.ONE).shiftRight(2), p);
        byte[] reduced = hex("04%064x%064x".formatted(BigInteger.ZERO, y));
        assertArrayEquals(reduced, EcPoints.encode(EcPoints.decode(reduced, curve), curve));
        assertRefused(hex("04%064x%064x".formatted(p, y)));
    }

    @Test
    void aPointIsOnTheCurve() {
        assertRefused(hex("04%064x%064x".formatted(BigInteger.ONE, BigInteger.ONE)));
    }

    private void assertRefused(byte[] point) {
        var refusal = assertThrows(TlsAlertException.class, () -> EcPoints.decode(point, curve));
        assertEquals(Violation.BAD_PUBLIC_KEY, refusal.violation());
    }
}
