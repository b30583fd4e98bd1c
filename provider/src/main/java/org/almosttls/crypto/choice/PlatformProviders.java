package org.almosttls.crypto.choice;

import java.security.PrivateKey;
import java.security.Provider;
import java.security.Security;
import java.util.Arrays;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.almosttls.crypto.SignatureMethod;
import org.almosttls.registry.NamedGroup;

/** Which provider the JVM would take first; asked once per service. */
final class PlatformProviders {

    /** The platform's elliptic curves in plain Java: several times slower than Bouncy Castle's. */
    private static final String SLOW = "SunEC";

    private final Map<String, Boolean> slow = new ConcurrentHashMap<>();

    boolean agreesSlowly(NamedGroup group) {
        return servedSlowly(group.equals(NamedGroup.X25519) ? "KeyAgreement.X25519" : "KeyAgreement.ECDH")
                || servedSlowly(group.equals(NamedGroup.X25519) ? "KeyPairGenerator.X25519" : "KeyPairGenerator.EC");
    }

    /** Whether signatures of this kind are made and verified slowly; false for RSA, which is the same everywhere. */
    boolean signsSlowly(SignatureMethod method) {
        return switch (method.kind()) {
            case ECDSA -> servedSlowly("Signature.SHA256withECDSA");
            case ED25519 -> servedSlowly("Signature.Ed25519");
            case RSA_PKCS1, RSA_PSS, ED448 -> false;
        };
    }

    /** Also a JVM where nobody serves it is as slow as can be. */
    private boolean servedSlowly(String service) {
        return slow.computeIfAbsent(service, each -> {
            Provider[] providers = Security.getProviders(each);
            return providers == null || providers[0].getName().equals(SLOW);
        });
    }

    /** Whether the key is one of the platform's own plain keys, whose octets can be had. */
    static boolean isSoftwareKey(PrivateKey key) {
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
