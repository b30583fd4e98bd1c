package org.almosttls.jsse;

import java.math.BigInteger;
import java.security.AlgorithmConstraints;
import java.security.CryptoPrimitive;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.util.EnumSet;
import java.util.Optional;
import javax.crypto.spec.DHPublicKeySpec;
import javax.net.ssl.SSLParameters;
import org.almosttls.registry.NamedGroup;
import org.almosttls.registry.SignatureScheme;

/** The application's {@code AlgorithmConstraints}, asked what the platform asks them; without any, all is permitted. */
record Constraints(Optional<AlgorithmConstraints> own) {

    static Constraints of(SSLParameters chosen) {
        return new Constraints(Optional.ofNullable(chosen.getAlgorithmConstraints()));
    }

    /** A protocol or a suite. */
    boolean permit(String name) {
        return permit(CryptoPrimitive.KEY_AGREEMENT, name);
    }

    boolean permit(NamedGroup group) {
        return permit(group.name())
                && group.classicalPart()
                        .map(part -> permit("ML-KEM") && permit(part))
                        .orElseGet(() -> permit(algorithmOf(group)));
    }

    boolean permit(SignatureScheme scheme) {
        return permit(CryptoPrimitive.SIGNATURE, scheme.name())
                && permit(CryptoPrimitive.SIGNATURE, SignatureNames.of(scheme));
    }

    /** The peer's key for DHE. */
    boolean permitField(BigInteger p, BigInteger g, BigInteger publicValue) {
        if (own.isEmpty()) return true;
        try {
            var key = KeyFactory.getInstance("DiffieHellman").generatePublic(new DHPublicKeySpec(publicValue, p, g));
            return own.get().permits(EnumSet.of(CryptoPrimitive.KEY_AGREEMENT), key);
        } catch (GeneralSecurityException notAKey) {
            return false;
        }
    }

    private boolean permit(CryptoPrimitive use, String name) {
        return own.isEmpty() || own.get().permits(EnumSet.of(use), name, null);
    }

    /** The platform's word for what is done with it. */
    private static String algorithmOf(NamedGroup group) {
        if (group.isFiniteField()) return "DiffieHellman";
        return group.equals(NamedGroup.X25519) || group.equals(NamedGroup.X448) ? "XDH" : "EC";
    }
}
