package org.almosttls.config;

import java.util.List;
import java.util.Optional;
import org.almosttls.crypto.CryptoBackend;
import org.almosttls.crypto.Randomness;
import org.almosttls.registry.CipherSuite;
import org.almosttls.registry.NamedGroup;
import org.almosttls.registry.ProtocolVersion;
import org.almosttls.registry.Role;
import org.almosttls.registry.SignatureScheme;

/**
 * Everything one connection may know of its caller, fixed before the first byte. Lists are in order of preference.
 *
 * @param signatureSchemes of what is signed in handshakes
 * @param certificateSchemes of the signatures in the peer's certificates (RFC 8446 §4.2.3)
 * @param serverName the DNS name to ask for (RFC 6066 §3); a client's only
 * @param serverNames which names a server answers to
 * @param applicationProtocols ALPN (RFC 7301): what a client offers; a server's choice is {@code protocolSelector}
 * @param leastFieldBits the shortest prime that a server may use for DHE with us, where it does not keep to our groups
 * @param serverPreference whether a server's own order of suites wins over the client's
 * @param textbook how AlmostTLSv1 is spoken, if it is among the versions
 * @param onRequest what else than the usual is wanted
 * @param recordSizes how long records may be, this end's own and its peer's
 * @param keyLimits how much is sent under one key, where keys can be updated
 * @param stapling the status of the server's certificate (RFC 6066 §8)
 * @param early data that goes before the handshake is done
 * @param policy what the lists do not have, and why
 */
public record TlsConfig(
        Role role,
        List<ProtocolVersion> versions,
        List<CipherSuite> cipherSuites,
        List<NamedGroup> groups,
        int leastFieldBits,
        List<SignatureScheme> signatureSchemes,
        List<SignatureScheme> certificateSchemes,
        Optional<String> serverName,
        ServerNamePolicy serverNames,
        List<String> applicationProtocols,
        ApplicationProtocolSelector protocolSelector,
        ClientAuthentication clientAuthentication,
        boolean serverPreference,
        Textbook textbook,
        OnRequest onRequest,
        RecordSizes recordSizes,
        KeyLimits keyLimits,
        Stapling stapling,
        EarlyTerms early,
        Policy policy,
        PeerVerifier peerVerifier,
        CredentialSource credentials,
        SessionStore sessions,
        CryptoBackend crypto,
        Randomness randomness,
        Clock clock) {

    /** So many octets that nobody can foresee. */
    public byte[] randomOctets(int length) {
        return randomness.bytes(length);
    }

    /** The same without AlmostTLSv1. */
    public TlsConfig withoutTextbook() {
        return with(
                versions.stream().filter(ProtocolVersion::isTls).toList(),
                cipherSuites.stream()
                        .filter(suite -> !suite.equals(CipherSuite.ALMOST_RSA_OAEP_WITH_AES_128_CBC_HMAC_SHA256))
                        .toList(),
                groups,
                signatureSchemes);
    }

    /** The same for no other version than this. */
    public TlsConfig only(ProtocolVersion version) {
        return with(List.of(version), cipherSuites, groups, signatureSchemes);
    }

    /** The same with these suites and schemes. */
    public TlsConfig with(List<CipherSuite> otherSuites, List<SignatureScheme> otherSchemes) {
        return with(versions, otherSuites, groups, otherSchemes);
    }

    /** The same with these groups. */
    public TlsConfig with(List<NamedGroup> otherGroups) {
        return with(versions, cipherSuites, otherGroups, signatureSchemes);
    }

    private TlsConfig with(
            List<ProtocolVersion> fewerVersions,
            List<CipherSuite> fewerSuites,
            List<NamedGroup> otherGroups,
            List<SignatureScheme> otherSchemes) {
        return new TlsConfig(
                role,
                fewerVersions,
                fewerSuites,
                otherGroups,
                leastFieldBits,
                otherSchemes,
                certificateSchemes,
                serverName,
                serverNames,
                applicationProtocols,
                protocolSelector,
                clientAuthentication,
                serverPreference,
                textbook,
                onRequest,
                recordSizes,
                keyLimits,
                stapling,
                early,
                policy,
                peerVerifier,
                credentials,
                sessions,
                crypto,
                randomness,
                clock);
    }
}
