package org.almosttls.crypto.bc;

import java.security.spec.ECParameterSpec;
import java.util.List;
import java.util.Optional;
import org.almosttls.registry.NamedGroup;
import org.bouncycastle.crypto.ec.CustomNamedCurves;
import org.bouncycastle.crypto.params.ECDomainParameters;

/** A prime curve as Bouncy Castle computes on it. */
record Curve(NamedGroup group, ECDomainParameters domain) {

    private static final List<Curve> ALL =
            List.of(named(NamedGroup.SECP256R1), named(NamedGroup.SECP384R1), named(NamedGroup.SECP521R1));

    private static Curve named(NamedGroup group) {
        return new Curve(group, new ECDomainParameters(CustomNamedCurves.getByName(group.name())));
    }

    static Optional<Curve> of(NamedGroup group) {
        return ALL.stream().filter(curve -> curve.group.equals(group)).findAny();
    }

    /** The curve with these parameters, whatever they call themselves. */
    static Optional<Curve> of(ECParameterSpec parameters) {
        return ALL.stream().filter(curve -> curve.hasParameters(parameters)).findAny();
    }

    private boolean hasParameters(ECParameterSpec parameters) {
        return parameters.getCofactor() == 1
                && parameters.getOrder().equals(domain.getN())
                && parameters.getCurve().getA().equals(domain.getCurve().getA().toBigInteger())
                && parameters.getCurve().getB().equals(domain.getCurve().getB().toBigInteger())
                && parameters
                        .getGenerator()
                        .getAffineX()
                        .equals(domain.getG().getAffineXCoord().toBigInteger())
                && parameters
                        .getGenerator()
                        .getAffineY()
                        .equals(domain.getG().getAffineYCoord().toBigInteger());
    }

    /** Octets of a coordinate, and of an uncompressed point without its first octet half of it. */
    int coordinateLength() {
        return domain.getCurve().getFieldElementEncodingLength();
    }
}
