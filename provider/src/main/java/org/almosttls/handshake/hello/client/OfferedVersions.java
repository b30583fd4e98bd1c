package org.almosttls.handshake.hello.client;

import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.stream.Stream;
import org.almosttls.config.TlsConfig;
import org.almosttls.handshake.hello.Newest;
import org.almosttls.handshake.tls12.Compression;
import org.almosttls.handshake.tls12.Tls12Rules;
import org.almosttls.registry.CipherSuite;
import org.almosttls.registry.CompressionMethod;
import org.almosttls.registry.KeyExchange;
import org.almosttls.registry.NamedGroup;
import org.almosttls.registry.ProtocolVersion;
import org.almosttls.registry.SignatureScheme;
import org.almosttls.registry.Tls12Suite;
import org.almosttls.registry.Tls13Suite;

/**
 * Which versions a client offers, and with which suites.
 *
 * @param older the rules of the newest version up to TLS 1.2 that is offered
 * @param olderSuites those of that version and before it
 * @param newer TLS 1.3, if it is offered
 */
record OfferedVersions(
        TlsConfig config, Optional<Tls12Rules> older, List<Tls12Suite> olderSuites, Optional<ProtocolVersion> newer) {

    static OfferedVersions of(TlsConfig config) {
        var older = Tls12Rules.newestOf(config.versions());
        var suites = older.isPresent() ? suites(older.get().within(config)) : List.<Tls12Suite>of();
        return new OfferedVersions(config, older, suites, Newest.usable(config));
    }

    /** RFC 8422 §4: the suites of elliptic curves make no sense without a curve, nor any that signs without a scheme. */
    private static List<Tls12Suite> suites(TlsConfig within) {
        boolean curves = within.groups().stream().anyMatch(group -> !group.isFiniteField());
        return within.cipherSuites().stream()
                .flatMap(suite -> Tls12Suite.of(suite).stream())
                .filter(known -> curves || known.keyExchange() != KeyExchange.ECDHE)
                .filter(known -> !known.keyExchange().isEphemeral()
                        || !within.signatureSchemes().isEmpty())
                .toList();
    }

    /** RFC 8446 §4.1.2: TLS 1.2 where there is more; RFC 5246 §E.1: else the newest that the client is ready to speak. */
    ProtocolVersion legacyVersion() {
        return newer.isPresent() ? ProtocolVersion.TLS_1_2 : older.orElseThrow().version();
    }

    /** RFC 8446 §4.2.1: all of them, in order of preference; said where legacy_version cannot say it. */
    List<ProtocolVersion> all() {
        return Stream.concat(
                        newer.stream(),
                        config.versions().stream()
                                .filter(version -> Tls12Rules.of(version).isPresent()))
                .toList();
    }

    /** In the order of the configuration. */
    List<CipherSuite> suites() {
        var ofOlder = olderSuites.stream().map(Tls12Suite::suite).toList();
        if (newer.isEmpty()) return ofOlder;
        return config.cipherSuites().stream()
                .filter(suite -> ofOlder.contains(suite) || Tls13Suite.of(suite).isPresent())
                .toList();
    }

    /** RFC 8446 §4.1.2: with TLS 1.3 among them the null method and no other. */
    byte[] compressionMethods() {
        return newer.isPresent() ? Compression.onlyNull() : Compression.offer(config);
    }

    /** Whether it is offered, as it must be for a session of this method to be resumed. */
    boolean hasCompression(CompressionMethod method) {
        return newer.isPresent() ? method.equals(CompressionMethod.NULL) : Compression.isOffered(config, method);
    }

    /** Whether a suite of an older version that is offered fits. */
    boolean offersOlder(Predicate<Tls12Suite> fits) {
        return olderSuites.stream().anyMatch(fits);
    }

    /** RFC 7919 §3: only those that something else in the offer has a use for. */
    List<NamedGroup> groups() {
        if (newer.isPresent()) return config.groups();
        boolean curves = offersOlder(suite -> suite.keyExchange() == KeyExchange.ECDHE);
        boolean fields = offersOlder(suite -> suite.keyExchange() == KeyExchange.DHE);
        return config.groups().stream()
                .filter(group -> group.classicalPart().isEmpty())
                .filter(group -> group.isFiniteField() ? fields : curves)
                .toList();
    }

    /** As they are sent. */
    List<SignatureScheme> schemes() {
        return newer.isPresent()
                ? config.signatureSchemes()
                : older.orElseThrow().said(older.get().within(config).signatureSchemes());
    }

    /** The same for signatures in certificates (RFC 8446 §4.2.3). */
    List<SignatureScheme> certificateSchemes() {
        return newer.isPresent()
                ? config.certificateSchemes()
                : older.orElseThrow().said(config.certificateSchemes());
    }
}
