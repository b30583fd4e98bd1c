package org.almosttls.jsse;

import java.security.Principal;
import java.security.cert.CertificateException;
import java.security.cert.X509Certificate;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.SSLSocket;
import javax.net.ssl.X509ExtendedKeyManager;
import javax.net.ssl.X509ExtendedTrustManager;
import org.almosttls.registry.Role;

/** Asks the caller's key and trust managers on behalf of an engine or of a socket, whichever face there is. */
sealed interface Asker {

    /** The alias for the first of {@code keyTypes} that there is a key for, or null. */
    String chooseClientAlias(X509ExtendedKeyManager keys, String[] keyTypes, Principal[] issuers);

    /** An alias for this key type, or null. */
    String chooseServerAlias(X509ExtendedKeyManager keys, String keyType, Principal[] issuers);

    /** Returns only if the peer, which is at the end {@code peer}, is trusted. */
    void checkTrusted(X509ExtendedTrustManager trust, Role peer, X509Certificate[] chain, String authType)
            throws CertificateException;

    /** For an engine. */
    record OfEngine(SSLEngine engine) implements Asker {

        @Override
        public String chooseClientAlias(X509ExtendedKeyManager keys, String[] keyTypes, Principal[] issuers) {
            return keys.chooseEngineClientAlias(keyTypes, issuers, engine);
        }

        @Override
        public String chooseServerAlias(X509ExtendedKeyManager keys, String keyType, Principal[] issuers) {
            return keys.chooseEngineServerAlias(keyType, issuers, engine);
        }

        @Override
        public void checkTrusted(X509ExtendedTrustManager trust, Role peer, X509Certificate[] chain, String authType)
                throws CertificateException {
            if (peer == Role.CLIENT) trust.checkClientTrusted(chain, authType, engine);
            else trust.checkServerTrusted(chain, authType, engine);
        }
    }

    /** For a socket. */
    record OfSocket(SSLSocket socket) implements Asker {

        @Override
        public String chooseClientAlias(X509ExtendedKeyManager keys, String[] keyTypes, Principal[] issuers) {
            return keys.chooseClientAlias(keyTypes, issuers, socket);
        }

        @Override
        public String chooseServerAlias(X509ExtendedKeyManager keys, String keyType, Principal[] issuers) {
            return keys.chooseServerAlias(keyType, issuers, socket);
        }

        @Override
        public void checkTrusted(X509ExtendedTrustManager trust, Role peer, X509Certificate[] chain, String authType)
                throws CertificateException {
            if (peer == Role.CLIENT) trust.checkClientTrusted(chain, authType, socket);
            else trust.checkServerTrusted(chain, authType, socket);
        }
    }
}
