package org.almosttls.crypto.bc;

import java.security.spec.ECParameterSpec;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import org.almosttls.registry.NamedGroup;
import org.bouncycastle.crypto.ec.CustomNamedCurves;
import org.bouncycastle.crypto.params.ECDomainParameters;

/** A prime curve as Bouncy Castle computes on it. */
record Curve(NamedGroup group, ECDomainParameters domain) {

    /** Each is made when it is first asked for: many connections use one, and some none. */
    private static final Map<NamedGroup, Curve> MADE = new ConcurrentHashMap<>();

    private static Curve named(NamedGroup group) {
        return new Curve(group, new ECDomainParameters(CustomNamedCurves.getByName(group.name())));
    }

    static boolean exists(NamedGroup group) {
        return group.equals(NamedGroup.SECP256R1)
                || group.equals(NamedGroup.SECP384R1)
                || group.equals(NamedGroup.SECP521R1);
    }

    static Optional<Curve> of(NamedGroup group) {
        return exists(group) ? Optional.of(MADE.computeIfAbsent(group, Curve::named)) : Optional.empty();
    }

    /** The curve with these parameters, whatever they call themselves. */
    static Optional<Curve> of(ECParameterSpec parameters) {
        var group = NamedGroup.named("secp" + parameters.getCurve().getField().getFieldSize() + "r1");
        return group.flatMap(Curve::of).filter(curve -> curve.hasParameters(parameters));
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
