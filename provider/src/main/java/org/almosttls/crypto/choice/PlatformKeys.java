package org.almosttls.crypto.choice;

import java.security.PrivateKey;
import java.util.Arrays;

/** Tells the platform's own plain keys from those of devices and of other providers. */
final class PlatformKeys {

    private PlatformKeys() {}

    /** Whether the key is one of the platform's classes for keys in memory, and its octets can be had. */
    static boolean isPlain(PrivateKey key) {
        String type = key.getClass().getName();
        return (type.startsWith("sun.security.ec.") || type.startsWith("sun.security.pkcs.")) && hasOctets(key);
    }

    private static boolean hasOctets(PrivateKey key) {
        byte[] octets = key.getEncoded();
        if (octets == null) return false;
        Arrays.fill(octets, (byte) 0);
        return true;
    }
}
