package org.almosttls.agent.authority;

import java.io.IOException;
import java.security.PublicKey;
import java.util.ArrayList;
import java.util.List;
import org.bouncycastle.asn1.x509.AuthorityKeyIdentifier;
import org.bouncycastle.asn1.x509.BasicConstraints;
import org.bouncycastle.asn1.x509.ExtendedKeyUsage;
import org.bouncycastle.asn1.x509.Extension;
import org.bouncycastle.asn1.x509.GeneralName;
import org.bouncycastle.asn1.x509.GeneralNames;
import org.bouncycastle.asn1.x509.KeyPurposeId;
import org.bouncycastle.asn1.x509.KeyUsage;
import org.bouncycastle.asn1.x509.SubjectKeyIdentifier;
import org.bouncycastle.asn1.x509.SubjectPublicKeyInfo;
import org.bouncycastle.cert.X509v3CertificateBuilder;
import org.bouncycastle.crypto.digests.SHA1Digest;

/** What the certificates of an authority say beside names and keys (RFC 5280 §4.2). */
final class Extensions {

    private Extensions() {}

    /** §4.2.1.9: it may sign for ends, and for no further authorities. */
    static void ofAuthority(X509v3CertificateBuilder builder, PublicKey key) throws IOException {
        builder.addExtension(Extension.basicConstraints, true, new BasicConstraints(0));
        builder.addExtension(Extension.keyUsage, true, new KeyUsage(KeyUsage.keyCertSign | KeyUsage.cRLSign));
        builder.addExtension(Extension.subjectKeyIdentifier, false, new SubjectKeyIdentifier(identifier(key)));
    }

    /** Of a client and server. */
    static void ofEnd(X509v3CertificateBuilder builder, PublicKey key, PublicKey issuer, Wanted wanted)
            throws IOException {
        int usage = wanted.rsa() ? KeyUsage.digitalSignature | KeyUsage.keyEncipherment : KeyUsage.digitalSignature;
        var purposes = new KeyPurposeId[] {KeyPurposeId.id_kp_serverAuth, KeyPurposeId.id_kp_clientAuth};
        builder.addExtension(Extension.basicConstraints, true, new BasicConstraints(false));
        builder.addExtension(Extension.keyUsage, true, new KeyUsage(usage));
        builder.addExtension(Extension.extendedKeyUsage, false, new ExtendedKeyUsage(purposes));
        builder.addExtension(Extension.subjectAlternativeName, false, names(wanted));
        builder.addExtension(Extension.subjectKeyIdentifier, false, new SubjectKeyIdentifier(identifier(key)));
        builder.addExtension(Extension.authorityKeyIdentifier, false, new AuthorityKeyIdentifier(identifier(issuer)));
    }

    /** Who is given no name is reached by the one that it has. */
    private static GeneralNames names(Wanted wanted) {
        List<GeneralName> all = new ArrayList<>();
        for (String name : wanted.names()) {
            int colon = name.indexOf(':');
            boolean address = name.substring(0, colon).equalsIgnoreCase("ip");
            all.add(new GeneralName(address ? GeneralName.iPAddress : GeneralName.dNSName, name.substring(colon + 1)));
        }
        for (String uri : wanted.uris()) all.add(new GeneralName(GeneralName.uniformResourceIdentifier, uri));
        if (all.isEmpty()) all.add(new GeneralName(GeneralName.dNSName, wanted.name()));
        return new GeneralNames(all.toArray(new GeneralName[0]));
    }

    /** §4.2.1.2, method 1. */
    private static byte[] identifier(PublicKey key) {
        byte[] bits = SubjectPublicKeyInfo.getInstance(key.getEncoded())
                .getPublicKeyData()
                .getBytes();
        var digest = new SHA1Digest();
        digest.update(bits, 0, bits.length);
        byte[] identifier = new byte[digest.getDigestSize()];
        digest.doFinal(identifier, 0);
        return identifier;
    }
}
