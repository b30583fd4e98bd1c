package org.almosttls.config;

import java.security.cert.X509Certificate;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.almosttls.registry.CipherSuite;
import org.almosttls.registry.CompressionMethod;
import org.almosttls.registry.NamedGroup;
import org.almosttls.registry.ProtocolVersion;
import org.almosttls.registry.SignatureScheme;

/**
 * What a finished handshake agreed on. Holds no secret.
 *
 * @param id the session id, empty if the session cannot be resumed by id
 * @param group of the key exchange, if it had one
 * @param scheme of the signature that authenticated the server, if there was one
 * @param peerSchemes the signature schemes the peer says it verifies in certificates
 * @param fragmentLength RFC 6066 §4: the most octets in a record of either end, which resumptions keep to; else 2^14
 * @param peerChain the peer's certificates, its own first; empty if it had none
 * @param localChain the certificates this end sent
 * @param serverNames the host names the client asked for
 * @param statusResponses RFC 6066 §8: what the server has shown of its certificate's status, DER
 * @param externalIdentity RFC 8446 §2.2: names the key that both ends had by other means and are authenticated by
 * @param earlyData RFC 8446 §2.3: whether the server has taken data that came with the client's hello
 */
public record NegotiatedSession(
        ProtocolVersion version,
        CipherSuite cipherSuite,
        byte[] id,
        Instant created,
        Optional<NamedGroup> group,
        Optional<SignatureScheme> scheme,
        List<SignatureScheme> peerSchemes,
        boolean extendedMasterSecret,
        int fragmentLength,
        CompressionMethod compression,
        List<X509Certificate> peerChain,
        List<X509Certificate> localChain,
        List<String> serverNames,
        Optional<String> applicationProtocol,
        List<byte[]> statusResponses,
        Optional<byte[]> externalIdentity,
        boolean earlyData) {

    /** Of ends that were authenticated by certificates, if they were. */
    public NegotiatedSession(
            ProtocolVersion version,
            CipherSuite cipherSuite,
            byte[] id,
            Instant created,
            Optional<NamedGroup> group,
            Optional<SignatureScheme> scheme,
            List<SignatureScheme> peerSchemes,
            boolean extendedMasterSecret,
            int fragmentLength,
            CompressionMethod compression,
            List<X509Certificate> peerChain,
            List<X509Certificate> localChain,
            List<String> serverNames,
            Optional<String> applicationProtocol,
            List<byte[]> statusResponses) {
        this(
                version,
                cipherSuite,
                id,
                created,
                group,
                scheme,
                peerSchemes,
                extendedMasterSecret,
                fragmentLength,
                compression,
                peerChain,
                localChain,
                serverNames,
                applicationProtocol,
                statusResponses,
                Optional.empty(),
                false);
    }

    /** The same under another id. */
    public NegotiatedSession withId(byte[] other) {
        return with(other, peerChain, localChain);
    }

    /** The same with these certificates of the peer. */
    public NegotiatedSession withPeerChain(List<X509Certificate> chain) {
        return with(id, chain, localChain);
    }

    /** The same with these certificates of this end. */
    public NegotiatedSession withLocalChain(List<X509Certificate> chain) {
        return with(id, peerChain, chain);
    }

    private NegotiatedSession with(
            byte[] otherId, List<X509Certificate> otherPeerChain, List<X509Certificate> otherLocalChain) {
        return new NegotiatedSession(
                version,
                cipherSuite,
                otherId,
                created,
                group,
                scheme,
                peerSchemes,
                extendedMasterSecret,
                fragmentLength,
                compression,
                otherPeerChain,
                otherLocalChain,
                serverNames,
                applicationProtocol,
                statusResponses,
                externalIdentity,
                earlyData);
    }
}
