package org.almosttls.crypto.jca;

import java.nio.ByteBuffer;
import java.security.GeneralSecurityException;
import javax.crypto.Mac;
import javax.crypto.ShortBufferException;
import org.almosttls.crypto.Hmac;
import org.almosttls.crypto.Secret;
import org.almosttls.registry.HashAlgorithm;

/** HMAC by {@code javax.crypto.Mac}. */
final class JcaHmac implements Hmac {

    private final ErasableKey key;
    private final Mac mac;

    JcaHmac(HashAlgorithm hash, Secret secret) throws GeneralSecurityException {
        String algorithm = "Hmac" + hash.jcaName().replace("-", "");
        key = new ErasableKey(algorithm, secret);
        mac = Mac.getInstance(algorithm);
        mac.init(key);
    }

    @Override
    public Hmac update(byte[] bytes, int offset, int length) {
        mac.update(bytes, offset, length);
        return this;
    }

    @Override
    public Hmac update(ByteBuffer bytes) {
        mac.update(bytes);
        return this;
    }

    @Override
    public void tag(byte[] out, int offset) {
        try {
            mac.doFinal(out, offset);
        } catch (ShortBufferException e) {
            throw new IllegalArgumentException("no room for a tag of " + mac.getMacLength() + " octets", e);
        }
    }

    @Override
    public void close() {
        key.destroy();
    }
}
