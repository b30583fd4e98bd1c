package org.almosttls.control;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNotSame;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.security.NoSuchAlgorithmException;
import java.security.NoSuchProviderException;
import java.util.List;
import javax.net.ssl.SSLContext;
import org.almosttls.testkit.Contexts;
import org.almosttls.testkit.EnginePair;
import org.almosttls.testkit.FixedRandomness;
import org.almosttls.testkit.TestCertificates;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Contexts: where they come from, and what they make. */
class ContextsTest {

    abstract static class Suite extends Control {

        Suite(Stack stack) {
            super(stack);
        }

        private String name() {
            return stack().provider().getName();
        }

        @ParameterizedTest
        @ValueSource(strings = {"TLS", "SSL", "TLSv1.3", "TLSv1.2", "TLSv1.1", "TLSv1", "Default"})
        void eachNameIsAContextOfTheProvider(String protocol) throws Exception {
            var context = SSLContext.getInstance(protocol, stack().provider());
            assertSame(stack().provider(), context.getProvider());
            assertEquals(protocol, context.getProtocol());
        }

        @Test
        void aNameAloneIsTheFirstProvidersContext() throws Exception {
            try (var installed = new Installed(stack())) {
                assertNotNull(installed);
                assertEquals(name(), SSLContext.getInstance("TLS").getProvider().getName());
                assertEquals(
                        name(),
                        SSLContext.getInstance("TLS", name()).getProvider().getName());
            }
        }

        @Test
        void whatIsNotThereIsNotFound() {
            assertThrows(NoSuchAlgorithmException.class, () -> SSLContext.getInstance("TLSv9", stack().provider()));
            assertThrows(NoSuchProviderException.class, () -> SSLContext.getInstance("TLS", "NoSuchProvider"));
            assertThrows(IllegalArgumentException.class, () -> SSLContext.getInstance("TLS", ""));
        }

        @Test
        void whatIsNotInitialisedMakesNothing() throws Exception {
            var context = SSLContext.getInstance("TLS", stack().provider());
            assertThrows(IllegalStateException.class, context::createSSLEngine);
            assertThrows(IllegalStateException.class, () -> context.createSSLEngine("some.example", 1));
            assertThrows(IllegalStateException.class, context::getSocketFactory);
            assertThrows(IllegalStateException.class, context::getServerSocketFactory);
        }

        @Test
        void thePlatformsDefaultsDoForEverything() throws Exception {
            var context = SSLContext.getInstance("TLS", stack().provider());
            context.init(null, null, null);
            assertNotNull(context.createSSLEngine());
            assertNotNull(context.getSocketFactory().getDefaultCipherSuites());
            assertNotNull(context.getServerSocketFactory().getDefaultCipherSuites());
        }

        @EachVersion
        void itIsInitialisedWithManagersAndRandomness(String version) throws Exception {
            var server = SSLContext.getInstance(version, stack().provider());
            var trust = Contexts.trust(TestCertificates.trustStore());
            server.init(Contexts.keys(TestCertificates.ecServer()), trust, new FixedRandomness(1).secureRandom());
            var pair = new EnginePair(client(version), server).handshake();
            assertEquals(
                    TestCertificates.ecServer().certificate(),
                    pair.client().engine().getSession().getPeerCertificates()[0]);
        }

        @Test
        void anEngineIsMadeForAPeerOrForNobody() {
            var context = client("TLSv1.3");
            assertEquals(
                    "some.example", context.createSSLEngine("some.example", 443).getPeerHost());
            assertEquals(443, context.createSSLEngine("some.example", 443).getPeerPort());
            assertNull(context.createSSLEngine().getPeerHost());
            assertNotSame(context.createSSLEngine(), context.createSSLEngine());
        }

        @Test
        void theDefaultsAreAmongWhatIsSupported() {
            var context = client("TLS");
            var byDefault = context.getDefaultSSLParameters();
            var supported = context.getSupportedSSLParameters();
            assertTrue(List.of(supported.getCipherSuites()).containsAll(List.of(byDefault.getCipherSuites())));
            assertTrue(List.of(supported.getProtocols()).containsAll(List.of(byDefault.getProtocols())));
            assertEquals(List.of("TLSv1.3", "TLSv1.2"), List.of(byDefault.getProtocols()));
            assertNotSame(byDefault, context.getDefaultSSLParameters());
        }

        @Test
        void aContextOfAnOlderVersionHasNoNewer() {
            assertEquals(
                    List.of("TLSv1.2"),
                    List.of(client("TLSv1.2").getDefaultSSLParameters().getProtocols()));
        }

        /** Ours says it by the extension alone: docs/differences.md. */
        @Test
        void theNewestFirstIsTheOrderOfSuites() {
            var suites = List.of(client("TLS").getDefaultSSLParameters().getCipherSuites());
            assertEquals("TLS_AES_256_GCM_SHA384", suites.get(0));
            assertEquals(!stack().isOurs(), suites.contains("TLS_EMPTY_RENEGOTIATION_INFO_SCSV"), suites::toString);
        }

        @EachVersion
        void eachRoleHasSessionsOfItsOwn(String version) throws Exception {
            var client = client(version);
            var server = server(version);
            assertNotSame(client.getClientSessionContext(), client.getServerSessionContext());
            assertSame(client.getClientSessionContext(), client.getClientSessionContext());
            var pair = new EnginePair(client, server).handshake();
            EnginePair.send(pair.server(), pair.client(), new byte[1]);
            assertSame(
                    client.getClientSessionContext(),
                    pair.client().engine().getSession().getSessionContext());
            assertSame(
                    server.getServerSessionContext(),
                    pair.server().engine().getSession().getSessionContext());
        }

        @Test
        void theDefaultIsWhatWasSet() throws Exception {
            var before = SSLContext.getDefault();
            var own = client("TLS");
            try {
                SSLContext.setDefault(own);
                assertSame(own, SSLContext.getDefault());
                assertThrows(NullPointerException.class, () -> SSLContext.setDefault(null));
            } finally {
                SSLContext.setDefault(before);
            }
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
