package org.almosttls.testkit;

import java.io.IOException;
import java.math.BigInteger;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.PublicKey;
import java.security.cert.X509CRL;
import java.security.cert.X509Certificate;
import java.security.spec.ECGenParameterSpec;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.Date;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicLong;
import org.bouncycastle.asn1.x500.X500Name;
import org.bouncycastle.asn1.x509.BasicConstraints;
import org.bouncycastle.asn1.x509.CRLReason;
import org.bouncycastle.asn1.x509.ExtendedKeyUsage;
import org.bouncycastle.asn1.x509.Extension;
import org.bouncycastle.asn1.x509.GeneralName;
import org.bouncycastle.asn1.x509.GeneralNames;
import org.bouncycastle.asn1.x509.KeyPurposeId;
import org.bouncycastle.asn1.x509.KeyUsage;
import org.bouncycastle.cert.CertIOException;
import org.bouncycastle.cert.X509v2CRLBuilder;
import org.bouncycastle.cert.jcajce.JcaX509CRLConverter;
import org.bouncycastle.cert.jcajce.JcaX509CertificateConverter;
import org.bouncycastle.cert.jcajce.JcaX509CertificateHolder;
import org.bouncycastle.cert.jcajce.JcaX509v3CertificateBuilder;
import org.bouncycastle.cert.ocsp.BasicOCSPRespBuilder;
import org.bouncycastle.cert.ocsp.CertificateID;
import org.bouncycastle.cert.ocsp.CertificateStatus;
import org.bouncycastle.cert.ocsp.OCSPException;
import org.bouncycastle.cert.ocsp.OCSPRespBuilder;
import org.bouncycastle.cert.ocsp.RespID;
import org.bouncycastle.jce.provider.BouncyCastleProvider;
import org.bouncycastle.operator.ContentSigner;
import org.bouncycastle.operator.OperatorCreationException;
import org.bouncycastle.operator.jcajce.JcaContentSignerBuilder;
import org.bouncycastle.operator.jcajce.JcaDigestCalculatorProviderBuilder;

/** A throw-away CA. */
public final class TestAuthority {

    private static final Duration VALIDITY = Duration.ofDays(30);
    private static final AtomicLong SERIAL = new AtomicLong(1);

    private final X500Name name;
    private final String signature;
    private final KeyPair keyPair;
    private final X509Certificate certificate;

    /** Signs by ECDSA. */
    public TestAuthority(String commonName) {
        this(commonName, "SHA256withECDSA");
    }

    /** Signs by this signature, in the platform's words. */
    public TestAuthority(String commonName, String signature) {
        this.name = new X500Name("CN=" + commonName);
        this.signature = signature;
        this.keyPair = generatedFor(signature);
        this.certificate = new Issue(commonName).authority(keyPair.getPublic());
    }

    private static KeyPair generatedFor(String signature) {
        if (signature.startsWith("Ed") || signature.startsWith("ML-DSA")) return generate(signature, "");
        return signature.endsWith("ECDSA") ? generate("EC", "secp256r1") : generate("RSA", "2048");
    }

    public X509Certificate certificate() {
        return certificate;
    }

    /** What its OCSP responder says of one of its certificates (RFC 6960), said at {@code at} and good for an hour. */
    public byte[] statusOf(X509Certificate issued, CertificateStatus status, Instant at) {
        try {
            var calculator = new JcaDigestCalculatorProviderBuilder().build().get(CertificateID.HASH_SHA1);
            var holder = new JcaX509CertificateHolder(certificate);
            var response = new BasicOCSPRespBuilder(new RespID(name))
                    .addResponse(
                            new CertificateID(calculator, holder, issued.getSerialNumber()),
                            status,
                            Date.from(at),
                            Date.from(at.plus(Duration.ofHours(1))))
                    .build(signer(signature), null, Date.from(at));
            return new OCSPRespBuilder()
                    .build(OCSPRespBuilder.SUCCESSFUL, response)
                    .getEncoded();
        } catch (GeneralSecurityException | OperatorCreationException | OCSPException | IOException e) {
            throw new IllegalStateException(e);
        }
    }

    /** Its list of what it has revoked (RFC 5280 §5), good for an hour. */
    public X509CRL revoking(X509Certificate issued) {
        try {
            var now = Instant.now();
            var list = new X509v2CRLBuilder(name, Date.from(now.minusSeconds(60)));
            list.setNextUpdate(Date.from(now.plus(Duration.ofHours(1))));
            list.addCRLEntry(issued.getSerialNumber(), Date.from(now.minusSeconds(60)), CRLReason.keyCompromise);
            return new JcaX509CRLConverter().getCRL(list.build(signer(signature)));
        } catch (GeneralSecurityException | OperatorCreationException e) {
            throw new IllegalStateException(e);
        }
    }

    private ContentSigner signer(String algorithm) throws OperatorCreationException {
        var builder = new JcaContentSignerBuilder(algorithm);
        // The platform has RSASSA-PSS under no name that says the hash.
        if (algorithm.endsWith("MGF1")) builder.setProvider(new BouncyCastleProvider());
        return builder.build(keyPair.getPrivate());
    }

    /** Begins a certificate for this subject. */
    public Issue issue(String commonName) {
        return new Issue(commonName);
    }

    private static GeneralNames alternatives(String... names) {
        return new GeneralNames(Arrays.stream(names)
                .map(each -> new GeneralName(isAddress(each) ? GeneralName.iPAddress : GeneralName.dNSName, each))
                .toArray(GeneralName[]::new));
    }

    private static boolean isAddress(String name) {
        return name.indexOf(':') >= 0 || Character.isDigit(name.charAt(name.length() - 1));
    }

    private static KeyPair generate(String algorithm, String parameters) {
        try {
            var generator = KeyPairGenerator.getInstance(algorithm);
            if (algorithm.equals("EC")) generator.initialize(new ECGenParameterSpec(parameters));
            if (algorithm.startsWith("RSA")) generator.initialize(Integer.parseInt(parameters));
            return generator.generateKeyPair();
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }

    /** A certificate in the making; an RSA-2048 key unless told otherwise. */
    public final class Issue {

        private final String commonName;
        private String[] names = {};
        /** Algorithm and parameters. */
        private String[] key = {"RSA", "2048"};

        private Instant notAfter = Instant.now().plus(VALIDITY);
        private Optional<KeyUsage> usage = Optional.empty();
        private Optional<ExtendedKeyUsage> purposes = Optional.empty();
        private String signedBy = signature;

        private Issue(String commonName) {
            this.commonName = commonName;
        }

        /** Its subject alternative names, DNS names or addresses. */
        public Issue names(String... alternatives) {
            names = alternatives.clone();
            return this;
        }

        public Issue rsa(int bits) {
            return key("RSA", Integer.toString(bits));
        }

        /** For PSS alone. */
        public Issue rsaPss(int bits) {
            return key("RSASSA-PSS", Integer.toString(bits));
        }

        public Issue ec(String curve) {
            return key("EC", curve);
        }

        public Issue ed25519() {
            return key("Ed25519", "");
        }

        /** Of the platform's name, and a curve or a number of bits where it needs one. */
        public Issue key(String newAlgorithm, String newParameters) {
            key = new String[] {newAlgorithm, newParameters};
            return this;
        }

        /** It ceased to be valid this long ago. */
        public Issue expired(Duration ago) {
            notAfter = Instant.now().minus(ago);
            return this;
        }

        /** Limits what its key may be used for, by the bits of {@link KeyUsage}. */
        public Issue usage(int bits) {
            usage = Optional.of(new KeyUsage(bits));
            return this;
        }

        /** What its key is for, in an extension. */
        public Issue purposes(KeyPurposeId... all) {
            purposes = Optional.of(new ExtendedKeyUsage(all));
            return this;
        }

        /** By another signature than all others of this CA, in the platform's words. */
        public Issue signedBy(String algorithm) {
            signedBy = algorithm;
            return this;
        }

        public TestIdentity identity() {
            var own = generate(key[0], key[1]);
            return new TestIdentity(List.of(signed(own.getPublic()), certificate), own.getPrivate());
        }

        /** For a key of somebody else's making, of which only the encoding counts. */
        public X509Certificate of(PublicKey key) {
            return signed(key);
        }

        private X509Certificate authority(PublicKey key) {
            return usage(KeyUsage.keyCertSign | KeyUsage.cRLSign).signed(key);
        }

        private X509Certificate signed(PublicKey key) {
            try {
                var builder = new JcaX509v3CertificateBuilder(
                        name,
                        BigInteger.valueOf(SERIAL.getAndIncrement()),
                        Date.from(notAfter.minus(VALIDITY.multipliedBy(2))),
                        Date.from(notAfter),
                        new X500Name("CN=" + commonName),
                        key);
                boolean authority =
                        usage.filter(it -> it.hasUsages(KeyUsage.keyCertSign)).isPresent();
                builder.addExtension(Extension.basicConstraints, true, new BasicConstraints(authority));
                if (usage.isPresent()) builder.addExtension(Extension.keyUsage, true, usage.get());
                if (purposes.isPresent()) builder.addExtension(Extension.extendedKeyUsage, false, purposes.get());
                if (names.length > 0)
                    builder.addExtension(Extension.subjectAlternativeName, false, alternatives(names));
                return new JcaX509CertificateConverter().getCertificate(builder.build(signer(signedBy)));
            } catch (GeneralSecurityException | OperatorCreationException | CertIOException e) {
                throw new IllegalStateException(e);
            }
        }
    }
}
