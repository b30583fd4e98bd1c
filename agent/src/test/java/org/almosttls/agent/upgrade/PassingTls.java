package org.almosttls.agent.upgrade;

import java.security.NoSuchAlgorithmException;
import java.security.Provider;
import java.security.SecureRandom;
import javax.net.ssl.KeyManager;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLContextSpi;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.SSLServerSocketFactory;
import javax.net.ssl.SSLSession;
import javax.net.ssl.SSLSessionContext;
import javax.net.ssl.SSLSocketFactory;
import javax.net.ssl.TrustManager;

/** Engines and sockets that pass on what they are given. */
public final class PassingTls extends SSLContextSpi {

    private final SSLSession sizes;

    /** Called by the provider. */
    public PassingTls() throws NoSuchAlgorithmException {
        sizes = SSLContext.getDefault().createSSLEngine().getSession();
    }

    /** Who has such engines to give. */
    static Provider provider() {
        return new Passing();
    }

    private static final class Passing extends Provider {

        private static final long serialVersionUID = 1L;

        Passing() {
            super("Passing", "1", "no TLS at all");
            put("SSLContext.TLS", PassingTls.class.getName());
        }
    }

    @Override
    protected void engineInit(KeyManager[] keys, TrustManager[] trust, SecureRandom random) {}

    @Override
    protected SSLEngine engineCreateSSLEngine() {
        return new PassingEngine(sizes);
    }

    @Override
    protected SSLEngine engineCreateSSLEngine(String host, int port) {
        return new PassingEngine(sizes);
    }

    @Override
    protected SSLSocketFactory engineGetSocketFactory() {
        return new PassingSockets(sizes);
    }

    @Override
    protected SSLServerSocketFactory engineGetServerSocketFactory() {
        throw new UnsupportedOperationException();
    }

    @Override
    protected SSLSessionContext engineGetServerSessionContext() {
        throw new UnsupportedOperationException();
    }

    @Override
    protected SSLSessionContext engineGetClientSessionContext() {
        throw new UnsupportedOperationException();
    }
}
