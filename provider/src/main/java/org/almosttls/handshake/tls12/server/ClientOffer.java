package org.almosttls.handshake.tls12.server;

import java.security.cert.X509Certificate;
import java.util.List;
import java.util.Optional;
import org.almosttls.config.HandshakeFacts;
import org.almosttls.crypto.Randomness;
import org.almosttls.extension.ApplicationProtocols;
import org.almosttls.extension.Extension;
import org.almosttls.extension.RenegotiationInfo;
import org.almosttls.extension.ServerNames;
import org.almosttls.extension.SessionTicket;
import org.almosttls.extension.SignatureAlgorithms;
import org.almosttls.extension.SignatureAlgorithmsCert;
import org.almosttls.extension.SupportedGroups;
import org.almosttls.handshake.tls12.HelloRandoms;
import org.almosttls.handshake.tls12.Past;
import org.almosttls.handshake.tls12.Tls12Rules;
import org.almosttls.message.ClientHello;
import org.almosttls.registry.CipherSuite;
import org.almosttls.registry.NamedGroup;
import org.almosttls.registry.SignatureScheme;

/**
 * What a ClientHello means in the version that is agreed, also by what it leaves out, and by what came before it on the
 * connection.
 *
 * @param rules of the version
 * @param mark RFC 8446 §4.1.3: what the server's random ends with, if anything
 */
public record ClientOffer(Tls12Rules rules, ClientHello hello, Past past, byte[] mark) {

    private static final int RANDOM_LENGTH = 32;

    /** The randoms of both hellos, the server's a fresh one. */
    HelloRandoms randoms(Randomness randomness) {
        byte[] ofServer = randomness.bytes(RANDOM_LENGTH);
        System.arraycopy(mark, 0, ofServer, RANDOM_LENGTH - mark.length, mark.length);
        return new HelloRandoms(hello.legacyVersion(), hello.random(), ofServer);
    }

    /** RFC 8422 §4: nothing if the client leaves the group to the server. */
    Optional<List<NamedGroup>> groups() {
        return find(SupportedGroups.class).map(SupportedGroups::groups);
    }

    List<SignatureScheme> schemes() {
        return rules.schemes(find(SignatureAlgorithms.class));
    }

    /** RFC 8446 §4.2.3: those of signatures in certificates; if they are not said by themselves, the same. */
    List<SignatureScheme> certificateSchemes() {
        var said = find(SignatureAlgorithmsCert.class).map(it -> new SignatureAlgorithms(it.schemes()));
        return rules.schemes(said.or(() -> find(SignatureAlgorithms.class)));
    }

    /** Whether the client says that it verifies the certificates of this chain. */
    boolean takes(List<X509Certificate> chain) {
        return rules.takes(chain, certificateSchemes());
    }

    List<String> serverNames() {
        return find(ServerNames.class).map(ServerNames::hostNames).orElse(List.of());
    }

    /** RFC 5077 §3.2: empty if there is none. */
    byte[] ticket() {
        return find(SessionTicket.class).map(SessionTicket::ticket).orElse(new byte[0]);
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
        return new HandshakeFacts(rules.version(), suite, serverNames(), certificateSchemes(), applicationProtocol);
    }

    private <E extends Extension> Optional<E> find(Class<E> kind) {
        return hello.extensions().find(kind);
    }
}
