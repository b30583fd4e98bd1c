package org.almosttls.handshake;

import java.security.AlgorithmParameters;
import java.security.GeneralSecurityException;
import java.security.spec.ECGenParameterSpec;
import java.security.spec.ECParameterSpec;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.almosttls.registry.NamedGroup;

/** RFC 8422 §5.1.1: the numbers of the curves that certificates are on, known by their parameters. */
final class EcCurves {

    private static final List<Curve> KNOWN = Stream.of(NamedGroup.SECP256R1, NamedGroup.SECP384R1, NamedGroup.SECP521R1)
            .flatMap(group -> ofPlatform(group).stream())
            .toList();

    private record Curve(NamedGroup group, ECParameterSpec parameters) {

        boolean is(ECParameterSpec other) {
            return parameters.getCurve().equals(other.getCurve())
                    && parameters.getGenerator().equals(other.getGenerator());
        }
    }

    private EcCurves() {}

    static Optional<NamedGroup> named(ECParameterSpec parameters) {
        return KNOWN.stream()
                .filter(curve -> curve.is(parameters))
                .map(Curve::group)
                .findAny();
    }

    /** Nothing where the platform does without the curve: then no key of its can be on it either. */
    private static Optional<Curve> ofPlatform(NamedGroup group) {
        try {
            var parameters = AlgorithmParameters.getInstance("EC");
            parameters.init(new ECGenParameterSpec(group.name()));
            return Optional.of(new Curve(group, parameters.getParameterSpec(ECParameterSpec.class)));
        } catch (GeneralSecurityException missing) {
            return Optional.empty();
        }
    }
}
