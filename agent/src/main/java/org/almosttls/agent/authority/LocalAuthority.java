package org.almosttls.agent.authority;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyStore;
import java.security.PrivateKey;
import java.security.PublicKey;
import java.security.SecureRandom;
import java.security.cert.Certificate;
import java.security.cert.X509Certificate;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import java.util.Date;
import org.bouncycastle.asn1.x500.X500Name;
import org.bouncycastle.asn1.x500.X500NameBuilder;
import org.bouncycastle.asn1.x500.style.BCStyle;
import org.bouncycastle.asn1.x509.SubjectPublicKeyInfo;
import org.bouncycastle.cert.X509v3CertificateBuilder;

/**
 * A small certificate authority that lives in a folder: its key in {@code ca.p12}, the password for that in
 * {@code ca.password}, and its certificate, which others trust, in {@code ca.pem}. What it issues for a name is
 * {@code NAME.p12} and {@code NAME.password}.
 */
public final class LocalAuthority {

    private static final String ALIAS = "ca";
    private static final Duration SKEW = Duration.ofMinutes(5);
    private static final int SERIAL_BITS = 126;

    private final Path folder;
    private final PrivateKey key;
    private final X509Certificate certificate;
    private final Clock clock;
    private final SecureRandom random;

    private LocalAuthority(Path folder, KeyStore.PrivateKeyEntry entry, Clock clock, SecureRandom random) {
        this.folder = folder;
        this.key = entry.getPrivateKey();
        this.certificate = (X509Certificate) entry.getCertificate();
        this.clock = clock;
        this.random = random;
    }

    /** Makes one, in a folder that has none. */
    public static LocalAuthority init(Path folder, String commonName, int days, Clock clock, SecureRandom random)
            throws GeneralSecurityException, IOException {
        OwnerOnly.makeFolder(folder);
        KeyPair keys = ThrowAwayAuthority.newKeys();
        X500Name name = name(commonName);
        var builder = builder(name, name, keys.getPublic(), Validity.of(clock, days), serial(random));
        Extensions.ofAuthority(builder, keys.getPublic());
        X509Certificate certificate = PlatformSigner.signed(builder, keys.getPrivate());
        var entry = new KeyStore.PrivateKeyEntry(keys.getPrivate(), new Certificate[] {certificate});
        var made = new LocalAuthority(folder, entry, clock, random);
        made.store(ALIAS, keys.getPrivate(), certificate);
        OwnerOnly.write(folder.resolve("ca.pem"), pem(certificate).getBytes(StandardCharsets.US_ASCII));
        return made;
    }

    /** The one that was made in this folder. */
    public static LocalAuthority open(Path folder, Clock clock, SecureRandom random)
            throws GeneralSecurityException, IOException {
        char[] password =
                Files.readString(folder.resolve("ca.password")).strip().toCharArray();
        KeyStore store = KeyStore.getInstance(folder.resolve("ca.p12").toFile(), password);
        var entry = (KeyStore.PrivateKeyEntry) store.getEntry(ALIAS, new KeyStore.PasswordProtection(password));
        if (entry == null) throw new GeneralSecurityException("there is no authority in " + folder.resolve("ca.p12"));
        return new LocalAuthority(folder, entry, clock, random);
    }

    public X509Certificate certificate() {
        return certificate;
    }

    /** A key and its certificate, which holds no longer than the authority's, in files of their own. */
    public X509Certificate issue(Wanted wanted) throws GeneralSecurityException, IOException {
        if (wanted.name().equals(ALIAS)) throw new IllegalArgumentException("\"ca\" is the authority's own name");
        Validity validity = Validity.of(clock, wanted.days()).within(certificate);
        KeyPair keys = wanted.rsa() ? ThrowAwayAuthority.newRsaKeys() : ThrowAwayAuthority.newKeys();
        X500Name issuer =
                X500Name.getInstance(certificate.getSubjectX500Principal().getEncoded());
        var builder = builder(issuer, name(wanted.name()), keys.getPublic(), validity, serial(random));
        Extensions.ofEnd(builder, keys.getPublic(), certificate.getPublicKey(), wanted);
        X509Certificate issued = PlatformSigner.signed(builder, key);
        store(wanted.name(), keys.getPrivate(), issued);
        return issued;
    }

    private void store(String name, PrivateKey secret, X509Certificate own)
            throws GeneralSecurityException, IOException {
        byte[] bytes = new byte[24];
        random.nextBytes(bytes);
        String password = Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
        KeyStore store = KeyStore.getInstance("PKCS12");
        store.load(null, null);
        boolean isOwn = own.equals(certificate);
        Certificate[] chain = isOwn ? new Certificate[] {own} : new Certificate[] {own, certificate};
        store.setKeyEntry(name, secret, password.toCharArray(), chain);
        var content = new ByteArrayOutputStream();
        store.store(content, password.toCharArray());
        OwnerOnly.write(folder.resolve(name + ".p12"), content.toByteArray());
        OwnerOnly.write(folder.resolve(name + ".password"), (password + "\n").getBytes(StandardCharsets.US_ASCII));
    }

    private static X500Name name(String commonName) {
        return new X500NameBuilder().addRDN(BCStyle.CN, commonName).build();
    }

    /** RFC 5280 §4.1.2.2: positive, and nobody's to guess. */
    private static BigInteger serial(SecureRandom random) {
        return new BigInteger(SERIAL_BITS, random).setBit(SERIAL_BITS);
    }

    /** From a little earlier than now, for clocks that are late. */
    private record Validity(Instant from, Instant until) {

        static Validity of(Clock clock, int days) {
            Instant now = clock.instant();
            return new Validity(now.minus(SKEW), now.plus(Duration.ofDays(days)));
        }

        Validity within(X509Certificate issuer) {
            Instant last = issuer.getNotAfter().toInstant();
            return new Validity(from, until.isAfter(last) ? last : until);
        }
    }

    private static X509v3CertificateBuilder builder(
            X500Name issuer, X500Name subject, PublicKey key, Validity validity, BigInteger serial) {
        return new X509v3CertificateBuilder(
                issuer,
                serial,
                Date.from(validity.from),
                Date.from(validity.until),
                subject,
                SubjectPublicKeyInfo.getInstance(key.getEncoded()));
    }

    private static String pem(X509Certificate certificate) throws GeneralSecurityException {
        String body = Base64.getMimeEncoder(64, new byte[] {'\n'}).encodeToString(certificate.getEncoded());
        return "-----BEGIN CERTIFICATE-----\n" + body + "\n-----END CERTIFICATE-----\n";
    }
}
