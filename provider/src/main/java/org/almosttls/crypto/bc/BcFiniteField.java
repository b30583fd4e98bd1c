package org.almosttls.crypto.bc;

import java.math.BigInteger;
import java.util.Map;
import java.util.Optional;
import org.almosttls.alert.TlsAlertException;
import org.almosttls.alert.Violation;
import org.almosttls.crypto.FiniteField;
import org.almosttls.crypto.KeyAgreement;
import org.almosttls.crypto.Randomness;
import org.almosttls.crypto.Secret;
import org.almosttls.registry.NamedGroup;
import org.bouncycastle.crypto.AsymmetricCipherKeyPair;
import org.bouncycastle.crypto.agreement.DHBasicAgreement;
import org.bouncycastle.crypto.agreement.DHStandardGroups;
import org.bouncycastle.crypto.generators.DHBasicKeyPairGenerator;
import org.bouncycastle.crypto.params.DHKeyGenerationParameters;
import org.bouncycastle.crypto.params.DHParameters;
import org.bouncycastle.crypto.params.DHPublicKeyParameters;
import org.bouncycastle.util.BigIntegers;

/** Diffie-Hellman in a finite field (RFC 5246 §8.1.2), in those of RFC 7919 with short exponents (§5.2). */
final class BcFiniteField implements KeyAgreement {

    private static final Map<NamedGroup, DHParameters> NAMED = Map.of(
            NamedGroup.FFDHE2048, DHStandardGroups.rfc7919_ffdhe2048,
            NamedGroup.FFDHE3072, DHStandardGroups.rfc7919_ffdhe3072,
            NamedGroup.FFDHE4096, DHStandardGroups.rfc7919_ffdhe4096,
            NamedGroup.FFDHE6144, DHStandardGroups.rfc7919_ffdhe6144,
            NamedGroup.FFDHE8192, DHStandardGroups.rfc7919_ffdhe8192);

    private final FiniteField field;
    private final DHParameters parameters;
    private final AsymmetricCipherKeyPair keyPair;

    private BcFiniteField(DHParameters parameters, Randomness randomness) {
        this.field = of(parameters);
        this.parameters = parameters;
        var generator = new DHBasicKeyPairGenerator();
        generator.init(new DHKeyGenerationParameters(randomness.secureRandom(), parameters));
        keyPair = generator.generateKeyPair();
    }

    /** In a field that has a name. */
    static KeyAgreement of(NamedGroup group, Randomness randomness) {
        return new BcFiniteField(NAMED.get(group), randomness);
    }

    /** In a field of a peer's choice, which may be none at all. */
    static KeyAgreement of(FiniteField field, Randomness randomness) throws TlsAlertException {
        var parameters = NAMED.values().stream()
                .filter(named -> of(named).equals(field))
                .findFirst()
                .orElseGet(() -> new DHParameters(field.p(), field.g()));
        try {
            return new BcFiniteField(parameters, randomness);
        } catch (IllegalArgumentException none) {
            throw Violation.BAD_PUBLIC_KEY.causedBy(none);
        }
    }

    static Optional<FiniteField> named(NamedGroup group) {
        return Optional.ofNullable(NAMED.get(group)).map(BcFiniteField::of);
    }

    private static FiniteField of(DHParameters parameters) {
        return new FiniteField(parameters.getP(), parameters.getG());
    }

    @Override
    public byte[] publicKey() {
        return BigIntegers.asUnsignedByteArray(field.length(), ((DHPublicKeyParameters) keyPair.getPublic()).getY());
    }

    @Override
    public Secret agree(byte[] peerKey) throws TlsAlertException {
        var y = new BigInteger(1, peerKey);
        Violation.PUBLIC_VALUE_OUT_OF_RANGE.unless(field.holds(y));
        var agreement = new DHBasicAgreement();
        agreement.init(keyPair.getPrivate());
        try {
            BigInteger shared = agreement.calculateAgreement(new DHPublicKeyParameters(y, parameters));
            return Secret.owning(BigIntegers.asUnsignedByteArray(field.length(), shared));
        } catch (IllegalArgumentException | IllegalStateException outside) {
            throw Violation.BAD_PUBLIC_KEY.causedBy(outside);
        }
    }

    /** The private key is a number that only the collector reaches. */
    @Override
    public void close() {}
}
