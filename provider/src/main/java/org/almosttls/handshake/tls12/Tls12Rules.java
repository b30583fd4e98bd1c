package org.almosttls.handshake.tls12;

import java.security.cert.X509Certificate;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.almosttls.alert.TlsAlertException;
import org.almosttls.alert.Violation;
import org.almosttls.config.TlsConfig;
import org.almosttls.crypto.CryptoBackend;
import org.almosttls.crypto.SignatureMethod;
import org.almosttls.extension.SignatureAlgorithms;
import org.almosttls.handshake.ChainSignatures;
import org.almosttls.handshake.LeafKey;
import org.almosttls.keyschedule.Prf;
import org.almosttls.message.HandshakeDecoder;
import org.almosttls.registry.Authentication;
import org.almosttls.registry.HashAlgorithm;
import org.almosttls.registry.ProtocolVersion;
import org.almosttls.registry.SignatureScheme;
import org.almosttls.registry.Tls12Suite;

/** All that differs between TLS 1.1 (RFC 4346) and TLS 1.2 (RFC 5246) after the hellos. */
public enum Tls12Rules {
    TLS_1_2(ProtocolVersion.TLS_1_2) {

        @Override
        public Prf prf(CryptoBackend crypto, Tls12Suite suite) {
            return new Prf(crypto, suite.prf());
        }

        @Override
        public HandshakeDecoder decoder(Tls12Suite suite) {
            return HandshakeDecoder.tls12(suite.keyExchange());
        }

        @Override
        public boolean has(Tls12Suite suite) {
            return true;
        }

        /** draft-ietf-tls-ecdhe-mlkem §3, draft-ietf-tls-mldsa §3.3: hybrid groups and ML-DSA are for TLS 1.3. */
        @Override
        public TlsConfig within(TlsConfig config) {
            var groups = config.groups().stream()
                    .filter(group -> group.classicalPart().isEmpty())
                    .toList();
            return config.with(groups).with(config.cipherSuites(), said(config.signatureSchemes()));
        }

        @Override
        public List<SignatureScheme> schemes(Optional<SignatureAlgorithms> said) {
            // RFC 5246 §7.4.1.4.1: what a client that does not say verifies.
            return said.map(SignatureAlgorithms::schemes)
                    .orElse(List.of(SignatureScheme.RSA_PKCS1_SHA1, SignatureScheme.ECDSA_SHA1));
        }

        /** RFC 5246 §7.4.2, §7.4.6. */
        @Override
        public boolean takes(List<X509Certificate> chain, List<SignatureScheme> schemes) {
            return ChainSignatures.fit(chain, schemes);
        }

        @Override
        public List<SignatureScheme> said(List<SignatureScheme> schemes) {
            return schemes.stream().filter(SignatureMethod::isOfTls12).toList();
        }

        @Override
        public List<SignatureScheme> meant(List<SignatureScheme> said) {
            return said;
        }

        @Override
        public SignatureScheme said(SignatureScheme scheme) {
            return scheme;
        }

        @Override
        public SignatureScheme meant(SignatureScheme said, LeafKey signer) {
            return said;
        }
    },

    TLS_1_1(ProtocolVersion.TLS_1_1) {

        /** RFC 4346 §5: the same for every suite. */
        @Override
        public Prf prf(CryptoBackend crypto, Tls12Suite suite) {
            return Prf.md5XorSha1(crypto);
        }

        @Override
        public HandshakeDecoder decoder(Tls12Suite suite) {
            return HandshakeDecoder.tls11(suite.keyExchange());
        }

        /** RFC 5246 §A.5, RFC 5288 §4, RFC 5289 §4: AEAD, and MACs other than SHA-1, came with TLS 1.2. */
        @Override
        public boolean has(Tls12Suite suite) {
            return suite.isCbc() && suite.mac() == HashAlgorithm.SHA1;
        }

        @Override
        public TlsConfig within(TlsConfig config) {
            var schemes = implied(config);
            var suites = config.cipherSuites().stream()
                    .filter(suite -> Tls12Suite.of(suite)
                            .filter(this::has)
                            .filter(known -> isSigned(known, schemes))
                            .isPresent())
                    .toList();
            return TLS_1_2.within(config).with(suites, schemes);
        }

        /** Nobody says them, but who does not take SHA-1 by its name does not take it without. */
        private List<SignatureScheme> implied(TlsConfig config) {
            var permitted = config.signatureSchemes();
            return IMPLIED.stream()
                    .filter(scheme -> permitted.contains(scheme) || permitted.contains(NAMED.get(scheme)))
                    .toList();
        }

        private static boolean isSigned(Tls12Suite suite, List<SignatureScheme> schemes) {
            var scheme = suite.authentication() == Authentication.RSA
                    ? SignatureScheme.RSA_PKCS1_MD5_SHA1
                    : SignatureScheme.ECDSA_SHA1;
            return !suite.keyExchange().isEphemeral() || schemes.contains(scheme);
        }

        /** RFC 4346 §7.4.3: nobody says, and everybody does the same. */
        @Override
        public List<SignatureScheme> schemes(Optional<SignatureAlgorithms> said) {
            return IMPLIED;
        }

        /** RFC 4346 §7.4.2: nobody says what signatures certificates may have. */
        @Override
        public boolean takes(List<X509Certificate> chain, List<SignatureScheme> schemes) {
            return true;
        }

        @Override
        public List<SignatureScheme> said(List<SignatureScheme> schemes) {
            return List.of();
        }

        @Override
        public List<SignatureScheme> meant(List<SignatureScheme> said) {
            return IMPLIED;
        }

        @Override
        public SignatureScheme said(SignatureScheme scheme) {
            return SignatureScheme.NOT_SAID;
        }

        /** RFC 4346 §7.4.3, RFC 8422 §5.4: RSA signs MD5 and SHA-1, all else SHA-1 alone. */
        @Override
        public SignatureScheme meant(SignatureScheme said, LeafKey signer) {
            return signer.type().equals("RSA") ? SignatureScheme.RSA_PKCS1_MD5_SHA1 : SignatureScheme.ECDSA_SHA1;
        }
    };

    private static final List<SignatureScheme> IMPLIED =
            List.of(SignatureScheme.RSA_PKCS1_MD5_SHA1, SignatureScheme.ECDSA_SHA1);

    /** What goes by these names in TLS 1.2; MD5 beside SHA-1 adds nothing to worry about. */
    private static final Map<SignatureScheme, SignatureScheme> NAMED = Map.of(
            SignatureScheme.RSA_PKCS1_MD5_SHA1, SignatureScheme.RSA_PKCS1_SHA1,
            SignatureScheme.ECDSA_SHA1, SignatureScheme.ECDSA_SHA1);

    private final ProtocolVersion version;

    Tls12Rules(ProtocolVersion version) {
        this.version = version;
    }

    /** Those of a version, if it is one of this family. */
    public static Optional<Tls12Rules> of(ProtocolVersion version) {
        return Arrays.stream(values())
                .filter(rules -> rules.version.equals(version))
                .findAny();
    }

    /** Those of the newest of these versions that this family has. */
    public static Optional<Tls12Rules> newestOf(List<ProtocolVersion> versions) {
        return Arrays.stream(values())
                .filter(rules -> versions.contains(rules.version))
                .findFirst();
    }

    public ProtocolVersion version() {
        return version;
    }

    public abstract Prf prf(CryptoBackend crypto, Tls12Suite suite);

    /** How the messages after the hellos are read. */
    public abstract HandshakeDecoder decoder(Tls12Suite suite);

    /** Whether the suite can be spoken in this version. */
    public abstract boolean has(Tls12Suite suite);

    /** Returns only if the suite can be spoken in this version (RFC 5288 §4). */
    public void require(Tls12Suite suite) throws TlsAlertException {
        if (!has(suite)) throw Violation.SUITE_OF_OTHER_VERSION.exception(suite.suite() + " in " + version.jsseName());
    }

    /** The same wishes, as far as they can be fulfilled in this version. */
    public abstract TlsConfig within(TlsConfig config);

    /** What a client verifies that says so, or does not. */
    public abstract List<SignatureScheme> schemes(Optional<SignatureAlgorithms> said);

    /** Whether who says these schemes takes certificates that are signed as in this chain. */
    public abstract boolean takes(List<X509Certificate> chain, List<SignatureScheme> schemes);

    /** How a list of schemes is sent. */
    public abstract List<SignatureScheme> said(List<SignatureScheme> schemes);

    /** The schemes that a list which has come stands for. */
    public abstract List<SignatureScheme> meant(List<SignatureScheme> said);

    /** How a scheme is sent beside its signature. */
    public abstract SignatureScheme said(SignatureScheme scheme);

    /** The scheme of a signature that has come, with what was said beside it. */
    public abstract SignatureScheme meant(SignatureScheme said, LeafKey signer);
}
