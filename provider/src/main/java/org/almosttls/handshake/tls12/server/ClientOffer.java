package org.almosttls.handshake.tls12.server;

import java.util.List;
import java.util.Optional;
import org.almosttls.config.HandshakeFacts;
import org.almosttls.extension.ApplicationProtocols;
import org.almosttls.extension.Extension;
import org.almosttls.extension.RenegotiationInfo;
import org.almosttls.extension.ServerNames;
import org.almosttls.extension.SignatureAlgorithms;
import org.almosttls.extension.SupportedGroups;
import org.almosttls.handshake.tls12.Past;
import org.almosttls.message.ClientHello;
import org.almosttls.registry.CipherSuite;
import org.almosttls.registry.NamedGroup;
import org.almosttls.registry.ProtocolVersion;
import org.almosttls.registry.SignatureScheme;

/** What a ClientHello means to TLS 1.2, also by what it leaves out, and by what came before it on the connection. */
record ClientOffer(ClientHello hello, Past past) {

    /** RFC 5246 §7.4.1.4.1: what a client that does not say verifies. */
    private static final List<SignatureScheme> DEFAULT_SCHEMES =
            List.of(SignatureScheme.RSA_PKCS1_SHA1, SignatureScheme.ECDSA_SHA1);

    /** RFC 8422 §4: nothing if the client leaves the group to the server. */
    Optional<List<NamedGroup>> groups() {
        return find(SupportedGroups.class).map(SupportedGroups::groups);
    }

    List<SignatureScheme> schemes() {
        return find(SignatureAlgorithms.class).map(SignatureAlgorithms::schemes).orElse(DEFAULT_SCHEMES);
    }

    List<String> serverNames() {
        return find(ServerNames.class).map(ServerNames::hostNames).orElse(List.of());
    }

    Optional<List<String>> applicationProtocols() {
        return find(ApplicationProtocols.class).map(ApplicationProtocols::names);
    }

    boolean has(Class<? extends Extension> kind) {
        return find(kind).isPresent();
    }

    /** RFC 5746 §3.6: the extension or the signalling suite. */
    boolean saysSecureRenegotiation() {
        return has(RenegotiationInfo.class)
                || hello.cipherSuites().contains(CipherSuite.TLS_EMPTY_RENEGOTIATION_INFO_SCSV);
    }

    /** What the offer and the choices so far amount to. */
    HandshakeFacts facts(CipherSuite suite, Optional<String> applicationProtocol) {
        return new HandshakeFacts(ProtocolVersion.TLS_1_2, suite, serverNames(), schemes(), applicationProtocol);
    }

    private <E extends Extension> Optional<E> find(Class<E> kind) {
        return hello.extensions().find(kind);
    }
}
