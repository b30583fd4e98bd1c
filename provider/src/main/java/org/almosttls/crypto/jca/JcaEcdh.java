package org.almosttls.crypto.jca;

import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.interfaces.ECPublicKey;
import java.security.spec.ECGenParameterSpec;
import java.security.spec.ECPublicKeySpec;
import org.almosttls.alert.TlsAlertException;
import org.almosttls.alert.Violation;
import org.almosttls.crypto.KeyAgreement;
import org.almosttls.crypto.Randomness;
import org.almosttls.crypto.Secret;

/** RFC 8422 §5.10: ECDH over a named prime curve, by {@code javax.crypto.KeyAgreement}. */
final class JcaEcdh implements KeyAgreement {

    private final KeyPair keyPair;

    JcaEcdh(String curve, Randomness randomness) throws GeneralSecurityException {
        var generator = KeyPairGenerator.getInstance("EC");
        generator.initialize(new ECGenParameterSpec(curve), randomness.secureRandom());
        keyPair = generator.generateKeyPair();
    }

    @Override
    public byte[] publicKey() {
        var key = (ECPublicKey) keyPair.getPublic();
        return EcPoints.encode(key.getW(), key.getParams());
    }

    @Override
    public Secret agree(byte[] peerKey) throws TlsAlertException {
        var curve = ((ECPublicKey) keyPair.getPublic()).getParams();
        var point = EcPoints.decode(peerKey, curve);
        try {
            var peer = KeyFactory.getInstance("EC").generatePublic(new ECPublicKeySpec(point, curve));
            var agreement = javax.crypto.KeyAgreement.getInstance("ECDH");
            agreement.init(keyPair.getPrivate());
            agreement.doPhase(peer, true);
            return Secret.owning(agreement.generateSecret());
        } catch (GeneralSecurityException e) {
            throw Violation.BAD_PUBLIC_KEY.causedBy(e);
        }
    }

    /** The JDK keeps the private key where only the collector reaches it. */
    @Override
    public void close() {}
}
