package org.almosttls.handshake.tls13;

import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.util.Arrays;
import org.almosttls.alert.TlsAlertException;
import org.almosttls.alert.Violation;
import org.almosttls.config.Credential;
import org.almosttls.config.TlsConfig;
import org.almosttls.handshake.LeafKey;
import org.almosttls.message.CertificateVerify;
import org.almosttls.registry.Role;
import org.almosttls.registry.SignatureScheme;

/** RFC 8446 §4.4.3: how an end proves that the key in its certificate is its own. */
public final class Proof {

    private static final int PAD = 64;
    private static final byte SPACE = 0x20;

    private Proof() {}

    /** What is signed: the hash of all messages so far, behind what nothing else that is signed begins with. */
    static byte[][] content(Role signer, byte[] transcriptHash) {
        String context = "TLS 1.3, " + (signer == Role.SERVER ? "server" : "client") + " CertificateVerify\0";
        var pad = new byte[PAD];
        Arrays.fill(pad, SPACE);
        return new byte[][] {pad, context.getBytes(StandardCharsets.US_ASCII), transcriptHash};
    }

    /** Slow. */
    public static CertificateVerify make(Seen handshake, Role signer, Credential credential, SignatureScheme scheme)
            throws TlsAlertException {
        var config = handshake.agreement().config();
        byte[][] content = content(signer, handshake.hash());
        try {
            return new CertificateVerify(
                    scheme, config.crypto().sign(scheme, credential.key(), config.randomness(), content));
        } catch (GeneralSecurityException unable) {
            throw Violation.INTERNAL.causedBy(unable);
        }
    }

    /** RFC 8446 §4.4.3: one of those that this end has offered, and that the certificate's key can make. */
    public static void requireOffered(CertificateVerify proof, LeafKey leaf, TlsConfig config)
            throws TlsAlertException {
        var scheme = proof.scheme();
        if (!config.signatureSchemes().contains(scheme) || !ProofSchemes.fits(scheme, leaf))
            throw Violation.SCHEME_NOT_OFFERED.exception(scheme.name());
    }

    /** Slow. */
    public static void require(CertificateVerify proof, Role signer, LeafKey leaf, Seen handshake)
            throws TlsAlertException {
        byte[][] content = content(signer, handshake.hash());
        var crypto = handshake.agreement().config().crypto();
        Violation.WRONG_SIGNATURE.unless(crypto.verify(proof.scheme(), leaf.key(), proof.signature(), content));
    }
}
