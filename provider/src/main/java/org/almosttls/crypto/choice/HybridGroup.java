package org.almosttls.crypto.choice;

import java.security.GeneralSecurityException;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.almosttls.alert.TlsAlertException;
import org.almosttls.alert.Violation;
import org.almosttls.crypto.CryptoBackend;
import org.almosttls.crypto.Encapsulated;
import org.almosttls.crypto.KeyAgreement;
import org.almosttls.crypto.MlKem;
import org.almosttls.crypto.Randomness;
import org.almosttls.crypto.Secret;
import org.almosttls.registry.NamedGroup;

/**
 * draft-ietf-tls-ecdhe-mlkem §4: a key exchange that stays secret while either of its two parts does. Shares and secrets
 * are those of the parts, one behind the other.
 *
 * @param classicalLength octets of the elliptic curve's public key
 * @param kemFirst whether ML-KEM's part comes first
 */
record HybridGroup(NamedGroup group, NamedGroup classical, int classicalLength, MlKem kem, boolean kemFirst) {

    private static final List<HybridGroup> ALL = List.of(
            new HybridGroup(NamedGroup.X25519_MLKEM768, NamedGroup.X25519, 32, MlKem.ML_KEM_768, true),
            new HybridGroup(NamedGroup.SECP256R1_MLKEM768, NamedGroup.SECP256R1, 65, MlKem.ML_KEM_768, false),
            new HybridGroup(NamedGroup.SECP384R1_MLKEM1024, NamedGroup.SECP384R1, 97, MlKem.ML_KEM_1024, false));

    private static final FastestKem KEMS = FastestKem.ofThisJvm();

    static Optional<HybridGroup> of(NamedGroup group) {
        return ALL.stream().filter(each -> each.group.equals(group)).findAny();
    }

    /** A client's key pair of both parts; it agrees with a server's share. */
    KeyAgreement keyAgreement(CryptoBackend crypto, Randomness randomness) throws GeneralSecurityException {
        return new Pair(
                this, crypto.keyAgreement(classical, randomness), KEMS.of(kem).keyPair(randomness));
    }

    /** A server's answer to a client's share. */
    Encapsulated encapsulate(CryptoBackend crypto, byte[] clientShare, Randomness randomness)
            throws GeneralSecurityException, TlsAlertException {
        var share = split(clientShare, kem.encapsulationKeyLength());
        try (var own = crypto.keyAgreement(classical, randomness);
                var agreed = own.agree(share.classical);
                var encapsulated = KEMS.of(kem).encapsulate(share.ofKem, randomness)) {
            byte[] answer = join(own.publicKey(), encapsulated.share());
            return new Encapsulated(answer, joinSecrets(agreed, encapsulated.secret()));
        }
    }

    /** A share in its two parts. */
    private record Share(byte[] classical, byte[] ofKem) {}

    private Share split(byte[] share, int kemLength) throws TlsAlertException {
        Violation.BAD_PUBLIC_KEY.unless(share.length == kemLength + classicalLength);
        int middle = kemFirst ? kemLength : classicalLength;
        byte[] first = Arrays.copyOf(share, middle);
        byte[] second = Arrays.copyOfRange(share, middle, share.length);
        return kemFirst ? new Share(second, first) : new Share(first, second);
    }

    private byte[] join(byte[] ofClassical, byte[] ofKem) {
        byte[] first = kemFirst ? ofKem : ofClassical;
        byte[] second = kemFirst ? ofClassical : ofKem;
        byte[] whole = Arrays.copyOf(first, first.length + second.length);
        System.arraycopy(second, 0, whole, first.length, second.length);
        return whole;
    }

    private Secret joinSecrets(Secret ofClassical, Secret ofKem) {
        return Secret.owning(join(ofClassical.bytes(), ofKem.bytes()));
    }

    private record Pair(HybridGroup hybrid, KeyAgreement classical, KeyAgreement ofKem) implements KeyAgreement {

        @Override
        public byte[] publicKey() {
            return hybrid.join(classical.publicKey(), ofKem.publicKey());
        }

        @Override
        public Secret agree(byte[] serverShare) throws TlsAlertException {
            var share = hybrid.split(serverShare, hybrid.kem.ciphertextLength());
            try (var agreed = classical.agree(share.classical);
                    var decapsulated = ofKem.agree(share.ofKem)) {
                return hybrid.joinSecrets(agreed, decapsulated);
            }
        }

        @Override
        public void close() {
            classical.close();
            ofKem.close();
        }

        @Override
        public String toString() {
            return "Pair";
        }
    }
}
