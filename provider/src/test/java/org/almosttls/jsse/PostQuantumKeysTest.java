package org.almosttls.jsse;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.X509ExtendedKeyManager;
import org.almosttls.config.Credential;
import org.almosttls.config.CredentialRequest;
import org.almosttls.config.HandshakeFacts;
import org.almosttls.handshake.LeafKey;
import org.almosttls.registry.CipherSuite;
import org.almosttls.registry.ProtocolVersion;
import org.almosttls.registry.Role;
import org.almosttls.registry.SignatureScheme;
import org.almosttls.testkit.PostQuantum;
import org.almosttls.testkit.TestCertificates;
import org.almosttls.testkit.TestIdentity;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Keys of ML-DSA as the platform's key managers know them. */
class PostQuantumKeysTest {

    private static final HandshakeFacts FACTS = new HandshakeFacts(
            ProtocolVersion.TLS_1_3,
            CipherSuite.TLS_AES_128_GCM_SHA256,
            List.of(),
            PostQuantum.SCHEMES,
            Optional.empty());

    static Stream<Arguments> factoriesAndSchemes() {
        return Stream.of("SunX509", "NewSunX509")
                .flatMap(factory -> PostQuantum.SCHEMES.stream().map(scheme -> Arguments.of(factory, scheme)));
    }

    private static X509ExtendedKeyManager keys(String factory, TestIdentity... identities) throws Exception {
        var made = KeyManagerFactory.getInstance(factory, "SunJSSE");
        made.init(TestIdentity.keyStore(identities), TestCertificates.PASSWORD);
        return (X509ExtendedKeyManager) made.getKeyManagers()[0];
    }

    private static Optional<Credential> selected(X509ExtendedKeyManager keys, Role role, SignatureScheme scheme) {
        return new KeyManagerCredentials(keys, new Asker.OfEngine(null), role, facts -> {})
                .select(new CredentialRequest(LeafKey.typesOf(scheme), List.of(), FACTS));
    }

    @ParameterizedTest
    @MethodSource("factoriesAndSchemes")
    void areFoundAmongOthersAtBothEnds(String factory, SignatureScheme scheme) throws Exception {
        assumeTrue(PostQuantum.isThere());
        var server = PostQuantum.server(scheme);
        for (var role : Role.values()) {
            var found = selected(keys(factory, TestCertificates.ecServer(), server), role, scheme);
            assertEquals(server.chain(), found.orElseThrow().chain());
        }
        assertEquals(Optional.empty(), selected(keys(factory, TestCertificates.ecServer()), Role.SERVER, scheme));
    }
}
