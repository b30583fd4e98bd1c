package org.almosttls.handshake.hello.server;

import java.util.List;
import org.almosttls.alert.TlsAlertException;
import org.almosttls.alert.Violation;
import org.almosttls.extension.SupportedVersions;
import org.almosttls.handshake.tls12.Tls12Rules;
import org.almosttls.message.ClientHello;
import org.almosttls.registry.CipherSuite;
import org.almosttls.registry.ProtocolVersion;

/** Which version a server answers an offer with. */
record VersionChoice(List<ProtocolVersion> enabled, ClientHello hello) {

    /** RFC 8446 §4.1.3: a server that could do more than TLS 1.1 says so where nobody can hide it. */
    private static final byte[] DOWNGRADED = {'D', 'O', 'W', 'N', 'G', 'R', 'D', 0};

    VersionChoice {
        // AlmostTLSv1 is no version of TLS that a client could have fallen back from.
        enabled = enabled.stream().filter(ProtocolVersion::isTls).toList();
    }

    /** RFC 5246 §E.1: the rules of the newest version that both ends want. */
    Tls12Rules rules() throws TlsAlertException {
        requireNoNeedlessFallback();
        return Tls12Rules.newestOf(enabled.stream().filter(this::isOffered).toList())
                .orElseThrow(
                        () -> Violation.VERSION_NOT_SUPPORTED.exception("offered " + offer() + ", enabled " + enabled));
    }

    /** What the server's random ends with. */
    byte[] mark(Tls12Rules chosen) {
        boolean better = enabled.stream()
                .anyMatch(version -> version.code() > chosen.version().code());
        return better ? DOWNGRADED.clone() : new byte[0];
    }

    /** RFC 7507 §3: a client that says it fell back must not have done so in vain. */
    private void requireNoNeedlessFallback() throws TlsAlertException {
        boolean better = enabled.stream()
                .anyMatch(version -> version.code() > hello.legacyVersion().code());
        Violation.FALLBACK_REFUSED.when(better && hello.cipherSuites().contains(CipherSuite.TLS_FALLBACK_SCSV));
    }

    private boolean isOffered(ProtocolVersion version) {
        return hello.extensions()
                .find(SupportedVersions.class)
                // RFC 8446 §4.2.1: who sends supported_versions means only those.
                .map(offer -> offer.versions().contains(version))
                // RFC 5246 §E.1: the highest version the client has, and so all below it.
                .orElse(hello.legacyVersion().code() >= version.code());
    }

    private String offer() {
        return hello.extensions()
                .find(SupportedVersions.class)
                .map(offer -> offer.versions().toString())
                .orElse("up to " + hello.legacyVersion());
    }
}
