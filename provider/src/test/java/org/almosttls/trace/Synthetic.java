package org.almosttls.trace;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.reflect.Proxy;
import java.security.cert.CertificateException;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.almosttls.config.ClientAuthentication;
import org.almosttls.config.Clock;
import org.almosttls.config.CredentialSource;
import org.almosttls.config.EarlyTerms;
import org.almosttls.config.KeyLimits;
import org.almosttls.config.OnRequest;
import org.almosttls.config.PeerIdentity;
import org.almosttls.config.PeerVerifier;
import org.almosttls.config.Policy;
import org.almosttls.config.RecordSizes;
import org.almosttls.config.ServerNamePolicy;
import org.almosttls.config.SessionStore;
import org.almosttls.config.Stapling;
import org.almosttls.config.Textbook;
import org.almosttls.config.TlsConfig;
import org.almosttls.crypto.CryptoBackend;
import org.almosttls.registry.CipherSuite;
import org.almosttls.registry.NamedGroup;
import org.almosttls.registry.ProtocolVersion;
import org.almosttls.registry.Role;
import org.almosttls.registry.SignatureScheme;

/** What invented sessions are made of: fixed certificates, a fixed time, and a config that nobody can act on. */
final class Synthetic {

    static final Instant START = Instant.parse("2026-11-21T08:00:00Z");

    static final CipherSuite ECDHE_RSA = CipherSuite.TLS_ECDHE_RSA_WITH_AES_128_GCM_SHA256;
    static final CipherSuite RSA = CipherSuite.TLS_RSA_WITH_AES_128_CBC_SHA;

    private Synthetic() {}

    /** A certificate of the test resources, made once by OpenSSL, which also told its digests. */
    static X509Certificate certificate(String name) {
        try (var in = Synthetic.class.getResourceAsStream(name + ".pem")) {
            return (X509Certificate) CertificateFactory.getInstance("X.509").generateCertificate(in);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (CertificateException e) {
            throw new IllegalStateException(e);
        }
    }

    /** Allows the suites of {@link org.almosttls.testkit.Samples#clientHello()}. */
    static TlsConfig config(Role role, Clock clock) {
        boolean client = role == Role.CLIENT;
        return new TlsConfig(
                role,
                List.of(ProtocolVersion.TLS_1_2),
                List.of(ECDHE_RSA, RSA),
                List.of(NamedGroup.X25519, NamedGroup.SECP256R1),
                1024,
                List.of(SignatureScheme.ECDSA_SECP256R1_SHA256, SignatureScheme.RSA_PSS_RSAE_SHA256),
                List.of(),
                client ? Optional.of("localhost") : Optional.empty(),
                ServerNamePolicy.any(),
                client ? List.of("h2", "http/1.1") : List.of(),
                (offered, facts) -> Optional.empty(),
                ClientAuthentication.NONE,
                false,
                Textbook.WHOLE,
                OnRequest.NOTHING,
                RecordSizes.ANY,
                KeyLimits.USUAL,
                Stapling.NONE,
                EarlyTerms.NONE,
                Policy.NONE,
                new NoVerifier(),
                CredentialSource.none(),
                SessionStore.none(),
                noCrypto(),
                () -> {
                    throw new IllegalStateException("no listener needs random octets");
                },
                clock);
    }

    private static CryptoBackend noCrypto() {
        return (CryptoBackend) Proxy.newProxyInstance(
                Synthetic.class.getClassLoader(), new Class<?>[] {CryptoBackend.class}, (proxy, method, arguments) -> {
                    throw new IllegalStateException("no listener needs cryptography");
                });
    }

    private static final class NoVerifier extends PeerVerifier {
        @Override
        protected void check(PeerIdentity identity) {
            throw new IllegalStateException("no listener judges certificates");
        }

        @Override
        public List<X509Certificate> acceptedIssuers() {
            return List.of();
        }
    }
}
