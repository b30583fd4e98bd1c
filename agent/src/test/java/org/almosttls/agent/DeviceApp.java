package org.almosttls.agent;

import java.io.FileInputStream;
import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.security.GeneralSecurityException;
import java.security.InvalidKeyException;
import java.security.KeyStore;
import java.security.Principal;
import java.security.PrivateKey;
import java.security.Provider;
import java.security.PublicKey;
import java.security.Security;
import java.security.Signature;
import java.security.SignatureException;
import java.security.SignatureSpi;
import java.security.cert.X509Certificate;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import javax.net.ssl.KeyManager;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLServerSocket;
import javax.net.ssl.SSLSocket;
import javax.net.ssl.TrustManagerFactory;
import javax.net.ssl.X509KeyManager;

/** A server whose key is in a device that only a provider of the application's own can use. */
public final class DeviceApp {

    private static final char[] PASSWORD = "throw-away".toCharArray();
    private static final AtomicInteger SIGNATURES = new AtomicInteger();

    private DeviceApp() {}

    /** Says for each version how it went. */
    public static void main(String[] arguments) throws Exception {
        Security.addProvider(new Device());
        var store = KeyStore.getInstance("PKCS12");
        try (var in = new FileInputStream(arguments[0])) {
            store.load(in, PASSWORD);
        }
        var trust = TrustManagerFactory.getInstance("PKIX");
        trust.init(store);
        for (var version : new String[] {"TLSv1.2", "TLSv1.3"}) {
            var context = SSLContext.getInstance(version);
            context.init(new KeyManager[] {new Held(store)}, trust.getTrustManagers(), null);
            System.out.println(version + "=" + met(context) + " " + SIGNATURES.getAndSet(0));
        }
    }

    private static String met(SSLContext context) throws Exception {
        try (var listening = (SSLServerSocket)
                context.getServerSocketFactory().createServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            var serving = new Thread(() -> serve(listening));
            serving.setDaemon(true);
            serving.start();
            var address = InetAddress.getLoopbackAddress();
            try (var client = (SSLSocket) context.getSocketFactory().createSocket(address, listening.getLocalPort())) {
                client.getOutputStream().write(1);
                client.getInputStream().read();
                return context.getProvider().getName() + " "
                        + client.getSession().getProtocol();
            }
        }
    }

    private static void serve(SSLServerSocket listening) {
        try (var server = listening.accept()) {
            server.getOutputStream().write(server.getInputStream().read());
        } catch (IOException told) {
            System.out.println("server=" + told);
        }
    }

    /** Gives a key away that is none to anybody else. */
    private static final class Held implements X509KeyManager {

        private final KeyStore store;

        Held(KeyStore store) {
            this.store = store;
        }

        @Override
        public String[] getClientAliases(String keyType, Principal[] issuers) {
            return null;
        }

        @Override
        public String chooseClientAlias(String[] keyTypes, Principal[] issuers, Socket socket) {
            return null;
        }

        @Override
        public String[] getServerAliases(String keyType, Principal[] issuers) {
            return null;
        }

        @Override
        public String chooseServerAlias(String keyType, Principal[] issuers, Socket socket) {
            return keyType.equals("EC") ? "own" : null;
        }

        @Override
        public X509Certificate[] getCertificateChain(String alias) {
            try {
                return new X509Certificate[] {(X509Certificate) store.getCertificate(alias)};
            } catch (GeneralSecurityException e) {
                throw new IllegalStateException(e);
            }
        }

        @Override
        public PrivateKey getPrivateKey(String alias) {
            try {
                return new DeviceKey((PrivateKey) store.getKey(alias, PASSWORD));
            } catch (GeneralSecurityException e) {
                throw new IllegalStateException(e);
            }
        }
    }

    /** Has no octets. */
    private static final class DeviceKey implements PrivateKey {

        private static final long serialVersionUID = 1L;

        private final PrivateKey inside;

        DeviceKey(PrivateKey inside) {
            this.inside = inside;
        }

        @Override
        public String getAlgorithm() {
            return "EC";
        }

        @Override
        public String getFormat() {
            return null;
        }

        @Override
        public byte[] getEncoded() {
            return null;
        }
    }

    /** The only one who can use it. */
    private static final class Device extends Provider {

        private static final long serialVersionUID = 1L;

        Device() {
            super("Device", "1", "keys that stay where they are");
            var keys = Map.of("SupportedKeyClasses", DeviceKey.class.getName());
            putService(new Service(this, "Signature", "SHA256withECDSA", Signing.class.getName(), null, keys));
        }
    }

    /** By the platform, on the key inside. */
    public static final class Signing extends SignatureSpi {

        private final Signature inside;

        public Signing() throws GeneralSecurityException {
            inside = Signature.getInstance("SHA256withECDSA", "SunEC");
        }

        @Override
        protected void engineInitVerify(PublicKey key) throws InvalidKeyException {
            throw new InvalidKeyException("signs only");
        }

        @Override
        protected void engineInitSign(PrivateKey key) throws InvalidKeyException {
            inside.initSign(((DeviceKey) key).inside);
        }

        @Override
        protected void engineUpdate(byte octet) throws SignatureException {
            inside.update(octet);
        }

        @Override
        protected void engineUpdate(byte[] octets, int offset, int length) throws SignatureException {
            inside.update(octets, offset, length);
        }

        @Override
        protected byte[] engineSign() throws SignatureException {
            SIGNATURES.incrementAndGet();
            return inside.sign();
        }

        @Override
        protected boolean engineVerify(byte[] signature) throws SignatureException {
            throw new SignatureException("signs only");
        }

        @Override
        @Deprecated
        protected void engineSetParameter(String name, Object value) {
            throw new UnsupportedOperationException(name);
        }

        @Override
        @Deprecated
        protected Object engineGetParameter(String name) {
            throw new UnsupportedOperationException(name);
        }
    }
}
