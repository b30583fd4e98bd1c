package org.almosttls.agent;

import io.netty.buffer.UnpooledByteBufAllocator;
import io.netty.handler.ssl.ApplicationProtocolConfig;
import io.netty.handler.ssl.ApplicationProtocolConfig.Protocol;
import io.netty.handler.ssl.ApplicationProtocolConfig.SelectedListenerFailureBehavior;
import io.netty.handler.ssl.ApplicationProtocolConfig.SelectorFailureBehavior;
import io.netty.handler.ssl.SslContext;
import io.netty.handler.ssl.SslContextBuilder;
import io.netty.handler.ssl.SslProvider;
import java.security.KeyManagementException;
import java.security.Provider;
import java.security.SecureRandom;
import javax.net.ssl.KeyManager;
import javax.net.ssl.SSLContextSpi;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.SSLException;
import javax.net.ssl.SSLServerSocketFactory;
import javax.net.ssl.SSLSessionContext;
import javax.net.ssl.SSLSocketFactory;
import javax.net.ssl.TrustManager;

/** Netty's OpenSSL in the place of a provider's contexts, so that it can be played as those are. */
final class WatchedNetty extends Provider {

    private static final long serialVersionUID = 1L;

    WatchedNetty() {
        super("Netty", "1", "for tests");
        put("SSLContext.TLS", Engines.class.getName());
    }

    /** An engine of Netty's is made for its role: here that of a client with a host, be it null, and of a server without. */
    public static final class Engines extends SSLContextSpi {

        /** It knows of no other way for engines of OpenSSL. */
        private static final ApplicationProtocolConfig ALPN = new ApplicationProtocolConfig(
                Protocol.ALPN, SelectorFailureBehavior.NO_ADVERTISE, SelectedListenerFailureBehavior.ACCEPT, "h2");

        private SslContext ofClients;
        private SslContext ofServers;

        @Override
        protected void engineInit(KeyManager[] keys, TrustManager[] trusted, SecureRandom random)
                throws KeyManagementException {
            var client = SslContextBuilder.forClient().trustManager(trusted[0]).endpointIdentificationAlgorithm(null);
            if (keys.length > 0) {
                client.keyManager(keys[0]);
                ofServers = built(SslContextBuilder.forServer(keys[0]).trustManager(trusted[0]));
            }
            ofClients = built(client);
        }

        private static SslContext built(SslContextBuilder builder) throws KeyManagementException {
            try {
                return builder.sslProvider(SslProvider.OPENSSL)
                        .applicationProtocolConfig(ALPN)
                        .build();
            } catch (SSLException e) {
                throw new KeyManagementException(e);
            }
        }

        @Override
        protected SSLEngine engineCreateSSLEngine() {
            return ofServers.newEngine(UnpooledByteBufAllocator.DEFAULT);
        }

        @Override
        protected SSLEngine engineCreateSSLEngine(String host, int port) {
            return ofClients.newEngine(UnpooledByteBufAllocator.DEFAULT, host, port);
        }

        @Override
        protected SSLSocketFactory engineGetSocketFactory() {
            throw new UnsupportedOperationException();
        }

        @Override
        protected SSLServerSocketFactory engineGetServerSocketFactory() {
            throw new UnsupportedOperationException();
        }

        @Override
        protected SSLSessionContext engineGetServerSessionContext() {
            return ofServers.sessionContext();
        }

        @Override
        protected SSLSessionContext engineGetClientSessionContext() {
            return ofClients.sessionContext();
        }
    }
}
