package org.almosttls.crypto.bc;

import org.almosttls.registry.HashAlgorithm;
import org.bouncycastle.crypto.Digest;
import org.bouncycastle.crypto.digests.MD5Digest;
import org.bouncycastle.crypto.digests.SHA1Digest;
import org.bouncycastle.crypto.digests.SHA256Digest;
import org.bouncycastle.crypto.digests.SHA384Digest;
import org.bouncycastle.crypto.digests.SHA512Digest;

/** Digests for signatures over short contents, where the JDK's faster ones would not show. */
final class Hashes {

    private Hashes() {}

    static Digest digest(HashAlgorithm hash) {
        return switch (hash) {
            case MD5 -> new MD5Digest();
            case SHA1 -> new SHA1Digest();
            case SHA256 -> new SHA256Digest();
            case SHA384 -> new SHA384Digest();
            case SHA512 -> new SHA512Digest();
        };
    }

    static byte[] of(HashAlgorithm hash, byte[]... parts) {
        var digest = digest(hash);
        for (byte[] part : parts) digest.update(part, 0, part.length);
        var out = new byte[digest.getDigestSize()];
        digest.doFinal(out, 0);
        return out;
    }
}
