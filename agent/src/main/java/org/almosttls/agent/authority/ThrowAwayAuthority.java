package org.almosttls.agent.authority;

import java.io.IOException;
import java.math.BigInteger;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.cert.X509Certificate;
import java.security.spec.ECGenParameterSpec;
import java.time.Duration;
import java.time.Instant;
import java.util.Date;
import org.bouncycastle.asn1.x500.X500Name;
import org.bouncycastle.asn1.x509.BasicConstraints;
import org.bouncycastle.asn1.x509.Extension;
import org.bouncycastle.asn1.x509.GeneralName;
import org.bouncycastle.asn1.x509.GeneralNames;
import org.bouncycastle.asn1.x509.SubjectPublicKeyInfo;
import org.bouncycastle.cert.X509v3CertificateBuilder;

/** A certificate authority for an hour, whose private key is never written down. */
public final class ThrowAwayAuthority {

    private static final Duration LIFE = Duration.ofHours(1);

    private final X500Name name;
    private final KeyPair keys = newKeys();
    private final X509Certificate certificate;
    private int lastSerial;

    public ThrowAwayAuthority() throws GeneralSecurityException, IOException {
        this("AlmostTLS throw-away CA");
    }

    /** @param commonName what it calls itself */
    public ThrowAwayAuthority(String commonName) throws GeneralSecurityException, IOException {
        name = new X500Name("CN=" + commonName);
        X509v3CertificateBuilder builder = builder(name, keys);
        builder.addExtension(Extension.basicConstraints, true, new BasicConstraints(true));
        certificate = signed(builder);
    }

    public X509Certificate certificate() {
        return certificate;
    }

    /** Short and quickly made, to sign with. */
    public static KeyPair newKeys() throws GeneralSecurityException {
        KeyPairGenerator generator = KeyPairGenerator.getInstance("EC");
        generator.initialize(new ECGenParameterSpec("secp256r1"));
        return generator.generateKeyPair();
    }

    /** To encrypt to as well. */
    public static KeyPair newRsaKeys() throws GeneralSecurityException {
        KeyPairGenerator generator = KeyPairGenerator.getInstance("RSA");
        generator.initialize(2048);
        return generator.generateKeyPair();
    }

    /** A certificate for a server on this machine only. */
    public X509Certificate forLocalhost(KeyPair serverKeys) throws GeneralSecurityException, IOException {
        return forServer(
                serverKeys,
                "localhost",
                new GeneralName(GeneralName.dNSName, "localhost"),
                new GeneralName(GeneralName.iPAddress, "127.0.0.1"),
                new GeneralName(GeneralName.iPAddress, "::1"));
    }

    /** A certificate for the server of this name only. */
    public X509Certificate forName(String host, KeyPair serverKeys) throws GeneralSecurityException, IOException {
        return forServer(serverKeys, host, new GeneralName(GeneralName.dNSName, host));
    }

    private X509Certificate forServer(KeyPair serverKeys, String commonName, GeneralName... names)
            throws GeneralSecurityException, IOException {
        X509v3CertificateBuilder builder = builder(new X500Name("CN=" + commonName), serverKeys);
        builder.addExtension(Extension.subjectAlternativeName, false, new GeneralNames(names));
        return signed(builder);
    }

    private X509v3CertificateBuilder builder(X500Name subject, KeyPair subjectKeys) {
        Instant now = Instant.now();
        lastSerial++;
        return new X509v3CertificateBuilder(
                name,
                BigInteger.valueOf(lastSerial),
                Date.from(now.minus(LIFE)),
                Date.from(now.plus(LIFE)),
                subject,
                SubjectPublicKeyInfo.getInstance(subjectKeys.getPublic().getEncoded()));
    }

    private X509Certificate signed(X509v3CertificateBuilder builder) throws GeneralSecurityException, IOException {
        return PlatformSigner.signed(builder, keys.getPrivate());
    }
}
