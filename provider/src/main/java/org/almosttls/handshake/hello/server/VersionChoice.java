package org.almosttls.handshake.hello.server;

import java.util.List;
import org.almosttls.alert.TlsAlertException;
import org.almosttls.alert.Violation;
import org.almosttls.extension.SupportedVersions;
import org.almosttls.message.ClientHello;
import org.almosttls.registry.CipherSuite;
import org.almosttls.registry.ProtocolVersion;

/** Which version a server answers an offer with. */
record VersionChoice(List<ProtocolVersion> enabled, ClientHello hello) {

    VersionChoice {
        // AlmostTLSv1 is no version of TLS that a client could have fallen back from.
        enabled = enabled.stream().filter(ProtocolVersion::isTls).toList();
    }

    /** Returns only if TLS 1.2, the one version there is so far, is what both ends want. */
    void requireTls12() throws TlsAlertException {
        requireNoNeedlessFallback();
        if (!enabled.contains(ProtocolVersion.TLS_1_2) || !isOffered(ProtocolVersion.TLS_1_2))
            throw Violation.VERSION_NOT_SUPPORTED.exception("offered " + offer() + ", enabled " + enabled);
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
