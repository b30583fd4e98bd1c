package org.almosttls.handshake.hello.server;

import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.almosttls.alert.TlsAlertException;
import org.almosttls.alert.Violation;
import org.almosttls.config.TlsConfig;
import org.almosttls.extension.SupportedVersions;
import org.almosttls.handshake.hello.Newest;
import org.almosttls.handshake.tls12.Tls12Rules;
import org.almosttls.message.ClientHello;
import org.almosttls.registry.CipherSuite;
import org.almosttls.registry.ExtensionType;
import org.almosttls.registry.ProtocolVersion;

/** Which version a server answers an offer with. */
record VersionChoice(TlsConfig config, ClientHello hello) {

    /** RFC 8446 §4.1.3: a server that could do more says so where nobody can hide it. */
    private static final byte[] DOWNGRADED_TO_1_2 = {'D', 'O', 'W', 'N', 'G', 'R', 'D', 1};

    private static final byte[] DOWNGRADED = {'D', 'O', 'W', 'N', 'G', 'R', 'D', 0};

    /** RFC 8446 §4.2.1: the newest version, if both ends want it; only supported_versions says so. */
    Optional<ProtocolVersion> newest() throws TlsAlertException {
        requireNoNeedlessFallback();
        return Newest.usable(config).filter(said()::contains);
    }

    /** RFC 5246 §E.1: the rules of the newest version but for that which both ends want. */
    Tls12Rules rules() throws TlsAlertException {
        return Tls12Rules.newestOf(enabled().stream().filter(this::isOffered).toList())
                .orElseThrow(() ->
                        Violation.VERSION_NOT_SUPPORTED.exception("offered " + offer() + ", enabled " + enabled()));
    }

    /** What the server's random ends with. */
    byte[] mark(Tls12Rules chosen) {
        boolean better = enabled().stream()
                .anyMatch(version -> version.code() > chosen.version().code());
        if (!better) return new byte[0];
        return (chosen == Tls12Rules.TLS_1_2 ? DOWNGRADED_TO_1_2 : DOWNGRADED).clone();
    }

    /** AlmostTLSv1 is no version of TLS that a client could have fallen back from. */
    private List<ProtocolVersion> enabled() {
        return config.versions().stream()
                .filter(version ->
                        !version.equals(Newest.VERSION) || Newest.usable(config).isPresent())
                .filter(ProtocolVersion::isTls)
                .toList();
    }

    /** RFC 7507 §3: a client that says it fell back must not have done so in vain. */
    private void requireNoNeedlessFallback() throws TlsAlertException {
        if (!hello.cipherSuites().contains(CipherSuite.TLS_FALLBACK_SCSV)) return;
        int highest = Stream.concat(Stream.of(hello.legacyVersion()), said().stream())
                .filter(ProtocolVersion::isTls)
                .mapToInt(ProtocolVersion::code)
                .max()
                .orElse(0);
        Violation.FALLBACK_REFUSED.when(enabled().stream().anyMatch(version -> version.code() > highest));
    }

    /** RFC 8446 §4.2.1: who sends supported_versions means only those. */
    private List<ProtocolVersion> said() {
        return hello.extensions()
                .find(SupportedVersions.class)
                .map(SupportedVersions::versions)
                .orElse(List.of());
    }

    private boolean isOffered(ProtocolVersion version) {
        return hello.extensions().has(ExtensionType.SUPPORTED_VERSIONS)
                ? said().contains(version)
                // RFC 5246 §E.1: the highest version the client has, and so all below it.
                : hello.legacyVersion().code() >= version.code();
    }

    private String offer() {
        return hello.extensions()
                .find(SupportedVersions.class)
                .map(offer -> offer.versions().toString())
                .orElse("up to " + hello.legacyVersion());
    }
}
