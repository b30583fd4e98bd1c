package org.almosttls.jsse;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.almosttls.registry.BulkCipher;
import org.almosttls.registry.BulkCipher.Mode;
import org.almosttls.registry.CipherSuite;
import org.almosttls.registry.HashAlgorithm;
import org.almosttls.registry.KeyExchange;
import org.almosttls.registry.NamedGroup;
import org.almosttls.registry.SignatureScheme;
import org.almosttls.registry.Tls12Suite;
import org.almosttls.registry.Tls13Suite;

/**
 * The platform's security property {@code jdk.tls.disabledAlgorithms}: what is not to be used although it is there, and
 * which of its entries says so. A suite, group or scheme is disabled by its name or by the name of a part of it.
 */
final class DisabledAlgorithms {

    private static final String PROPERTY = "jdk.tls.disabledAlgorithms";
    private static final String[] FIELD_NAMES = {"DH", "DIFFIEHELLMAN"};
    private static final int LEAST_FIELD_BITS = 1024;

    private final DisabledEntries entries = DisabledEntries.of(PROPERTY);

    private DisabledAlgorithms() {}

    /** As the property stands now. */
    static DisabledAlgorithms current() {
        return new DisabledAlgorithms();
    }

    DisabledEntries entries() {
        return entries;
    }

    boolean permitsProtocol(String name) {
        return against(name).isEmpty();
    }

    /** The entry against a protocol, or against whatever else has just a name. */
    Optional<String> against(String name) {
        return entries.against(name);
    }

    boolean permits(CipherSuite suite) {
        return against(suite).isEmpty();
    }

    Optional<String> against(CipherSuite suite) {
        var older = Tls12Suite.of(suite);
        var parts = Tls13Suite.of(suite)
                .map(DisabledAlgorithms::partsOf)
                .or(() -> older.map(DisabledAlgorithms::partsOf))
                .orElse(List.of());
        return Stream.concat(Stream.of(suite.name()), parts.stream())
                .flatMap(part -> entries.against(part).stream())
                .findFirst()
                .or(() -> older.filter(each -> each.keyExchange() == KeyExchange.DHE)
                        .flatMap(each -> againstFields()));
    }

    /** A suite with DHE is of no use where there is no field for it. */
    private Optional<String> againstFields() {
        return NamedGroup.FINITE_FIELDS.stream().anyMatch(this::permits)
                ? Optional.empty()
                : against(NamedGroup.FINITE_FIELDS.get(0));
    }

    boolean permits(NamedGroup group) {
        return against(group).isEmpty();
    }

    Optional<String> against(NamedGroup group) {
        return entries.against(group.name())
                .or(() -> group.classicalPart().flatMap(this::againstHybrid))
                .or(() -> isMontgomery(group) ? entries.against("XDH") : Optional.empty())
                .or(() -> againstSize(group));
    }

    /** A rule against either part is one against both. */
    private Optional<String> againstHybrid(NamedGroup classicalPart) {
        return against(classicalPart).or(() -> entries.against("ML-KEM"));
    }

    /** Those that have their size in their name have no other. */
    private Optional<String> againstSize(NamedGroup group) {
        if (group.isFiniteField()) return entries.against(fieldSize(group), FIELD_NAMES);
        int size = curveSize(group);
        return size == 0 ? Optional.empty() : entries.against(size, "EC");
    }

    /** The shortest prime for Diffie-Hellman, of 1024 bits at the least (Logjam). */
    int leastFieldBits() {
        return Math.max(LEAST_FIELD_BITS, entries.leastSize(FIELD_NAMES));
    }

    /** The entry that makes {@link #leastFieldBits} what it is, if one does. */
    Optional<String> againstShorterFields() {
        return entries.against(leastFieldBits() - 1, FIELD_NAMES);
    }

    private static boolean isMontgomery(NamedGroup group) {
        return group.equals(NamedGroup.X25519) || group.equals(NamedGroup.X448);
    }

    /** RFC 7919 §A names each by its bits. */
    static int fieldSize(NamedGroup group) {
        return Integer.parseInt(group.name().replaceAll("\\D", ""));
    }

    /** Whether a signature of the handshake itself may use this scheme. */
    boolean permits(SignatureScheme scheme) {
        return against(scheme).isEmpty();
    }

    Optional<String> against(SignatureScheme scheme) {
        return against(scheme, "HandshakeSignature");
    }

    boolean permitsInCertificates(SignatureScheme scheme) {
        return against(scheme, "CertificateSignature").isEmpty();
    }

    private Optional<String> against(SignatureScheme scheme, String use) {
        return Stream.concat(Stream.of(scheme.name()), SignatureNames.partsOf(SignatureNames.of(scheme)))
                .flatMap(part -> entries.against(part, use).stream())
                .findFirst();
    }

    /** The names by which the platform knows the parts of a suite; its PRF's hash is one of them. */
    private static List<String> partsOf(Tls12Suite suite) {
        var parts = new ArrayList<String>();
        parts.add(suite.keyExchange().name());
        parts.add(suite.authentication().name());
        if (suite.keyExchange() != KeyExchange.RSA) parts.add(suite.keyExchange() + "_" + suite.authentication());
        if (suite.keyExchange() == KeyExchange.DHE) parts.addAll(List.of(FIELD_NAMES));
        parts.addAll(namesOf(suite.cipher()));
        if (suite.isCbc()) parts.addAll(namesOf(suite.mac()));
        parts.addAll(namesOf(suite.prf()));
        return parts;
    }

    private static List<String> partsOf(Tls13Suite suite) {
        return Stream.concat(namesOf(suite.cipher()).stream(), namesOf(suite.hash()).stream())
                .toList();
    }

    private static List<String> namesOf(BulkCipher cipher) {
        return cipher == BulkCipher.CHACHA20_POLY1305
                ? List.of(cipher.name(), "ChaCha20-Poly1305")
                : List.of(cipher.name(), "AES", cipher.mode() == Mode.AEAD ? "GCM" : "CBC");
    }

    private static List<String> namesOf(HashAlgorithm hash) {
        return List.of(hash.name(), hash.jcaName(), "Hmac" + hash.name());
    }

    private static int curveSize(NamedGroup group) {
        if (group.equals(NamedGroup.SECP256R1)) return 256;
        if (group.equals(NamedGroup.SECP384R1)) return 384;
        return group.equals(NamedGroup.SECP521R1) ? 521 : 0;
    }
}
