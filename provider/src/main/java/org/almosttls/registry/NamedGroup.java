package org.almosttls.registry;

import java.util.List;
import java.util.Map;
import java.util.Optional;

/** RFC 8422 §5.1.1 and the IANA registry of supported groups; unknown numbers survive. */
public record NamedGroup(int code) {

    private static final Names NAMES = Names.inAnyCase("""
            0001 sect163k1 sect163r1 sect163r2 sect193r1 sect193r2 sect233k1 sect233r1 sect239k1 sect283k1
            000A sect283r1 sect409k1 sect409r1 sect571k1 sect571r1 secp160k1 secp160r1 secp160r2 secp192k1
            0013 secp192r1 secp224k1 secp224r1 secp256k1 secp256r1 secp384r1 secp521r1
            001A brainpoolP256r1 brainpoolP384r1 brainpoolP512r1 x25519 x448
            001F brainpoolP256r1tls13 brainpoolP384r1tls13 brainpoolP512r1tls13
            0022 GC256A GC256B GC256C GC256D GC512A GC512B GC512C curveSM2
            0100 ffdhe2048 ffdhe3072 ffdhe4096 ffdhe6144 ffdhe8192
            0200 MLKEM512 MLKEM768 MLKEM1024
            11EB SecP256r1MLKEM768 X25519MLKEM768 SecP384r1MLKEM1024 curveSM2MLKEM768
            6399 X25519Kyber768Draft00 SecP256r1Kyber768Draft00
            FF01 arbitrary_explicit_prime_curves arbitrary_explicit_char2_curves
            """);

    public static final NamedGroup SECP256R1 = new NamedGroup(0x0017);
    public static final NamedGroup SECP384R1 = new NamedGroup(0x0018);
    public static final NamedGroup SECP521R1 = new NamedGroup(0x0019);
    public static final NamedGroup X25519 = new NamedGroup(0x001D);
    public static final NamedGroup X448 = new NamedGroup(0x001E);
    public static final NamedGroup FFDHE2048 = new NamedGroup(0x0100);
    public static final NamedGroup FFDHE3072 = new NamedGroup(0x0101);
    public static final NamedGroup FFDHE4096 = new NamedGroup(0x0102);
    public static final NamedGroup FFDHE6144 = new NamedGroup(0x0103);
    public static final NamedGroup FFDHE8192 = new NamedGroup(0x0104);

    /** draft-ietf-tls-ecdhe-mlkem: P-256 and ML-KEM-768, for TLS 1.3. */
    public static final NamedGroup SECP256R1_MLKEM768 = new NamedGroup(0x11EB);
    /** X25519 and ML-KEM-768. */
    public static final NamedGroup X25519_MLKEM768 = new NamedGroup(0x11EC);
    /** P-384 and ML-KEM-1024. */
    public static final NamedGroup SECP384R1_MLKEM1024 = new NamedGroup(0x11ED);

    private static final Map<NamedGroup, NamedGroup> CLASSICAL_PARTS = Map.of(
            X25519_MLKEM768, X25519,
            SECP256R1_MLKEM768, SECP256R1,
            SECP384R1_MLKEM1024, SECP384R1);

    /** RFC 7919 §A, the smallest first. */
    public static final List<NamedGroup> FINITE_FIELDS = List.of(FFDHE2048, FFDHE3072, FFDHE4096, FFDHE6144, FFDHE8192);

    /** The group of this name in any case, implemented here or not. */
    public static Optional<NamedGroup> named(String name) {
        return NAMES.code(name).map(NamedGroup::new);
    }

    /** The registry's name, or {@code 0xNNNN} for a number without one. */
    public String name() {
        return NAMES.ofUint16(code);
    }

    /** RFC 7919 §2: whether the number is set aside for finite fields, known here or not. */
    public boolean isFiniteField() {
        return code >>> 8 == 1;
    }

    /** For a hybrid group that is known here: the part of it that is a group by itself. */
    public Optional<NamedGroup> classicalPart() {
        return Optional.ofNullable(CLASSICAL_PARTS.get(this));
    }

    /** RFC 8701 §2: a value that stands for nothing. */
    public boolean isGrease() {
        return Names.isGrease(code);
    }

    // By hand, since what a record has by itself is woven anew in each JVM, which costs milliseconds at its start.
    @Override
    public boolean equals(Object other) {
        return other instanceof NamedGroup group && group.code == code;
    }

    @Override
    public int hashCode() {
        return code;
    }

    @Override
    public String toString() {
        return name();
    }
}
