package org.almosttls.control;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotSame;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.security.KeyStore;
import java.security.KeyStore.Builder;
import java.security.KeyStore.PasswordProtection;
import java.security.KeyStore.ProtectionParameter;
import java.security.cert.Certificate;
import java.security.cert.PKIXBuilderParameters;
import java.security.cert.X509CertSelector;
import java.util.ArrayList;
import java.util.List;
import javax.net.ssl.CertPathTrustManagerParameters;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.KeyStoreBuilderParameters;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLHandshakeException;
import javax.net.ssl.TrustManagerFactory;
import org.almosttls.testkit.Contexts;
import org.almosttls.testkit.EnginePair;
import org.almosttls.testkit.TestCertificates;
import org.almosttls.testkit.TestIdentity;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;

/** What key and trust managers are made of besides a store. */
class ManagerParametersTest {

    /** Gives another store when it is told to. */
    private static final class Changing extends Builder {

        private volatile TestIdentity identity;

        private Changing(TestIdentity identity) {
            this.identity = identity;
        }

        @Override
        public KeyStore getKeyStore() {
            return identity.keyStore();
        }

        @Override
        public ProtectionParameter getProtectionParameter(String alias) {
            return new PasswordProtection(TestCertificates.PASSWORD);
        }
    }

    private static PKIXBuilderParameters path() throws Exception {
        var parameters = new PKIXBuilderParameters(TestCertificates.trustStore(), new X509CertSelector());
        parameters.setRevocationEnabled(false);
        return parameters;
    }

    abstract static class Suite extends Control {

        Suite(Stack stack) {
            super(stack);
        }

        private SSLContext serving(String version, Builder... builders) throws Exception {
            var factory = KeyManagerFactory.getInstance("NewSunX509", stack().provider());
            factory.init(new KeyStoreBuilderParameters(List.of(builders)));
            return Contexts.of(version, stack().provider(), factory.getKeyManagers(), null);
        }

        private Certificate shown(String version, SSLContext server) throws Exception {
            var client = client(version).createSSLEngine(TestCertificates.HOST, 443);
            new EnginePair(client, server.createSSLEngine()).handshake();
            return client.getSession().getPeerCertificates()[0];
        }

        @EachVersion
        void keysComeFromTheStoresOfBuilders(String version) throws Exception {
            var one = TestCertificates.ecServer();
            var none = new Changing(TestCertificates.ed25519Server());
            assertEquals(one.certificate(), shown(version, serving(version, new Changing(one), none)));
        }

        /** So an application of its own accord can have its keys read again. */
        @EachVersion
        void aBuilderIsAskedAtEachHandshake(String version) throws Exception {
            var builder = new Changing(TestCertificates.ecServer());
            var server = serving(version, builder);
            assertEquals(TestCertificates.ecServer().certificate(), shown(version, server));
            builder.identity = TestCertificates.rsaServer();
            assertEquals(TestCertificates.rsaServer().certificate(), shown(version, server));
        }

        @Test
        void parametersGiveTheirBuildersAsTheyWere() {
            var builder = new Changing(TestCertificates.ecServer());
            assertEquals(List.of(builder), new KeyStoreBuilderParameters(builder).getParameters());
            var list = new ArrayList<Builder>(List.of(builder));
            var parameters = new KeyStoreBuilderParameters(list);
            list.clear();
            assertEquals(List.of(builder), parameters.getParameters());
            assertThrows(UnsupportedOperationException.class, parameters.getParameters()::clear);
            assertThrows(NullPointerException.class, () -> new KeyStoreBuilderParameters((Builder) null));
            assertThrows(IllegalArgumentException.class, () -> new KeyStoreBuilderParameters(List.of()));
        }

        private SSLContext trusting(String version, PKIXBuilderParameters path) throws Exception {
            var factory = TrustManagerFactory.getInstance("PKIX", stack().provider());
            factory.init(new CertPathTrustManagerParameters(path));
            return Contexts.of(version, stack().provider(), null, factory.getTrustManagers());
        }

        @EachVersion
        void whomThePathLeadsToIsTrusted(String version) throws Exception {
            new EnginePair(trusting(version, path()), server(version)).handshake();
            var other = server(version, TestCertificates.unknownCaServer());
            assertThrows(SSLHandshakeException.class, new EnginePair(trusting(version, path()), other)::handshake);
        }

        /** A policy that no certificate has. */
        @EachVersion
        void theRulesOfThePathAreHeeded(String version) throws Exception {
            var strict = path();
            strict.setExplicitPolicyRequired(true);
            assertThrows(
                    SSLHandshakeException.class, new EnginePair(trusting(version, strict), server(version))::handshake);
        }

        @Test
        void parametersGiveACopyOfThePath() throws Exception {
            var path = path();
            var parameters = new CertPathTrustManagerParameters(path);
            assertNotSame(path, parameters.getParameters());
            assertNotSame(parameters.getParameters(), parameters.getParameters());
            assertSame(PKIXBuilderParameters.class, parameters.getParameters().getClass());
            assertThrows(NullPointerException.class, () -> new CertPathTrustManagerParameters(null));
        }
    }

    @Nested
    class OfSunJsse extends Suite {
        OfSunJsse() {
            super(Stack.SUN_JSSE);
        }
    }

    @Nested
    class OfAlmostTls extends Suite {
        OfAlmostTls() {
            super(Stack.ALMOST_TLS);
        }
    }
}
