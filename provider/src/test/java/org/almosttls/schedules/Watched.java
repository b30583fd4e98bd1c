package org.almosttls.schedules;

import java.net.Socket;
import java.security.Principal;
import java.security.PrivateKey;
import java.security.cert.CertificateException;
import java.security.cert.X509Certificate;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.X509ExtendedKeyManager;
import javax.net.ssl.X509ExtendedTrustManager;

/** Managers that notice when they are asked for what takes time, and not by a delegated task. */
final class Watched {

    private final Queue<String> inline = new ConcurrentLinkedQueue<>();

    /** What was asked outside of any task. */
    String inline() {
        return String.join(", ", inline);
    }

    private void asked(String question) {
        if (!Tasks.isRunning()) inline.add(question);
    }

    X509ExtendedKeyManager keys(X509ExtendedKeyManager own) {
        return new Keys(own);
    }

    X509ExtendedTrustManager trust(X509ExtendedTrustManager own) {
        return new Trust(own);
    }

    private final class Keys extends X509ExtendedKeyManager {

        private final X509ExtendedKeyManager own;

        Keys(X509ExtendedKeyManager own) {
            this.own = own;
        }

        @Override
        public String chooseEngineClientAlias(String[] types, Principal[] issuers, SSLEngine engine) {
            asked("chooseEngineClientAlias");
            return own.chooseEngineClientAlias(types, issuers, engine);
        }

        @Override
        public String chooseEngineServerAlias(String type, Principal[] issuers, SSLEngine engine) {
            asked("chooseEngineServerAlias");
            return own.chooseEngineServerAlias(type, issuers, engine);
        }

        @Override
        public String[] getClientAliases(String type, Principal[] issuers) {
            return own.getClientAliases(type, issuers);
        }

        @Override
        public String chooseClientAlias(String[] types, Principal[] issuers, Socket socket) {
            return own.chooseClientAlias(types, issuers, socket);
        }

        @Override
        public String[] getServerAliases(String type, Principal[] issuers) {
            return own.getServerAliases(type, issuers);
        }

        @Override
        public String chooseServerAlias(String type, Principal[] issuers, Socket socket) {
            return own.chooseServerAlias(type, issuers, socket);
        }

        @Override
        public X509Certificate[] getCertificateChain(String alias) {
            asked("getCertificateChain");
            return own.getCertificateChain(alias);
        }

        @Override
        public PrivateKey getPrivateKey(String alias) {
            asked("getPrivateKey");
            return own.getPrivateKey(alias);
        }
    }

    private final class Trust extends X509ExtendedTrustManager {

        private final X509ExtendedTrustManager own;

        Trust(X509ExtendedTrustManager own) {
            this.own = own;
        }

        @Override
        public void checkClientTrusted(X509Certificate[] chain, String type, SSLEngine engine)
                throws CertificateException {
            asked("checkClientTrusted");
            own.checkClientTrusted(chain, type, engine);
        }

        @Override
        public void checkServerTrusted(X509Certificate[] chain, String type, SSLEngine engine)
                throws CertificateException {
            asked("checkServerTrusted");
            own.checkServerTrusted(chain, type, engine);
        }

        @Override
        public void checkClientTrusted(X509Certificate[] chain, String type, Socket socket)
                throws CertificateException {
            own.checkClientTrusted(chain, type, socket);
        }

        @Override
        public void checkServerTrusted(X509Certificate[] chain, String type, Socket socket)
                throws CertificateException {
            own.checkServerTrusted(chain, type, socket);
        }

        @Override
        public void checkClientTrusted(X509Certificate[] chain, String type) throws CertificateException {
            own.checkClientTrusted(chain, type);
        }

        @Override
        public void checkServerTrusted(X509Certificate[] chain, String type) throws CertificateException {
            own.checkServerTrusted(chain, type);
        }

        @Override
        public X509Certificate[] getAcceptedIssuers() {
            return own.getAcceptedIssuers();
        }
    }
}
