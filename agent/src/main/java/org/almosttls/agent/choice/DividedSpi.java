package org.almosttls.agent.choice;

import java.security.KeyManagementException;
import java.security.SecureRandom;
import java.util.List;
import javax.net.ssl.KeyManager;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLContextSpi;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.SSLParameters;
import javax.net.ssl.SSLServerSocketFactory;
import javax.net.ssl.SSLSessionContext;
import javax.net.ssl.SSLSocketFactory;
import javax.net.ssl.TrustManager;
import org.almosttls.agent.options.End;

/** What both stacks are told alike, and which of them makes what. */
final class DividedSpi extends SSLContextSpi {

    private final Stacks stacks;

    DividedSpi(Stacks stacks) {
        this.stacks = stacks;
    }

    @Override
    protected void engineInit(KeyManager[] keys, TrustManager[] trust, SecureRandom random)
            throws KeyManagementException {
        for (SSLContext each : stacks.both()) each.init(keys, trust, random);
    }

    @Override
    protected SSLSocketFactory engineGetSocketFactory() {
        return new DividedSockets(stacks);
    }

    @Override
    protected SSLServerSocketFactory engineGetServerSocketFactory() {
        return new DividedServerSockets(stacks);
    }

    @Override
    protected SSLEngine engineCreateSSLEngine() {
        return stacks.of(List.of()).createSSLEngine();
    }

    @Override
    protected SSLEngine engineCreateSSLEngine(String host, int port) {
        return stacks.of(List.of(new End(host == null ? "" : host, port))).createSSLEngine(host, port);
    }

    @Override
    protected SSLSessionContext engineGetServerSessionContext() {
        return new SharedSessions(
                stacks.both().stream().map(SSLContext::getServerSessionContext).toList());
    }

    @Override
    protected SSLSessionContext engineGetClientSessionContext() {
        return new SharedSessions(
                stacks.both().stream().map(SSLContext::getClientSessionContext).toList());
    }

    @Override
    protected SSLParameters engineGetDefaultSSLParameters() {
        SSLParameters supported = stacks.both().get(1).getSupportedSSLParameters();
        return Stacks.common(stacks.both().get(0).getDefaultSSLParameters(), supported);
    }

    @Override
    protected SSLParameters engineGetSupportedSSLParameters() {
        SSLParameters others = stacks.both().get(1).getSupportedSSLParameters();
        return Stacks.common(stacks.both().get(0).getSupportedSSLParameters(), others);
    }
}
