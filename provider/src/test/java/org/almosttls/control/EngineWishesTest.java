package org.almosttls.control;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.ByteBuffer;
import java.util.List;
import java.util.function.BiFunction;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.SSLException;
import javax.net.ssl.SSLParameters;
import org.almosttls.testkit.EnginePair;
import org.almosttls.testkit.TestCertificates;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;

/** What is asked of an engine before its handshake, and what it makes of that. */
class EngineWishesTest {

    abstract static class Suite extends Control {

        Suite(Stack stack) {
            super(stack);
        }

        private SSLEngine engine() {
            return client("TLSv1.3").createSSLEngine("some.example", 4433);
        }

        @Test
        void thePeerIsWhoItWasMadeFor() {
            assertEquals("some.example", engine().getPeerHost());
            assertEquals(4433, engine().getPeerPort());
            assertNull(client("TLSv1.3").createSSLEngine().getPeerHost());
            assertEquals(-1, client("TLSv1.3").createSSLEngine().getPeerPort());
        }

        @Test
        void theRoleIsChosenBeforeAnythingElse() {
            var engine = engine();
            var room = ByteBuffer.allocate(20_000);
            assertThrows(IllegalStateException.class, engine::beginHandshake);
            assertThrows(IllegalStateException.class, () -> engine.wrap(ByteBuffer.allocate(0), room));
            assertThrows(IllegalStateException.class, () -> engine.unwrap(ByteBuffer.allocate(0), room));
        }

        @Test
        void theRoleIsWhatWasChosenLast() {
            var engine = engine();
            engine.setUseClientMode(true);
            assertTrue(engine.getUseClientMode());
            engine.setUseClientMode(false);
            assertFalse(engine.getUseClientMode());
        }

        @EachVersion
        void theRoleStaysOnceTheHandshakeHasBegun(String version) throws Exception {
            var engine = engines(version).client().engine();
            engine.beginHandshake();
            engine.wrap(ByteBuffer.allocate(0), ByteBuffer.allocate(20_000));
            assertThrows(IllegalArgumentException.class, () -> engine.setUseClientMode(false));
            assertTrue(engine.getUseClientMode());
        }

        @Test
        void whatIsEnabledIsSupported() {
            var engine = engine();
            var suites = List.of(engine.getSupportedCipherSuites());
            var protocols = List.of(engine.getSupportedProtocols());
            assertTrue(suites.containsAll(List.of(engine.getEnabledCipherSuites())));
            assertTrue(protocols.containsAll(List.of(engine.getEnabledProtocols())));
            assertTrue(protocols.containsAll(List.of("TLSv1.3", "TLSv1.2", "TLSv1.1")), protocols::toString);
        }

        @Test
        void whatIsEnabledIsWhatWasSet() {
            var engine = engine();
            var suites = new String[] {"TLS_AES_256_GCM_SHA384", "TLS_AES_128_GCM_SHA256"};
            engine.setEnabledCipherSuites(suites);
            engine.setEnabledProtocols(new String[] {"TLSv1.3"});
            assertArrayEquals(suites, engine.getEnabledCipherSuites());
            assertArrayEquals(new String[] {"TLSv1.3"}, engine.getEnabledProtocols());
        }

        @Test
        void unknownNamesAreRefusedAndChangeNothing() {
            var engine = engine();
            var suites = engine.getEnabledCipherSuites();
            var protocols = engine.getEnabledProtocols();
            var noSuite = new String[] {suites[0], "TLS_NO_SUCH_SUITE"};
            var noProtocol = new String[] {protocols[0], "TLSv9"};
            assertThrows(IllegalArgumentException.class, () -> engine.setEnabledCipherSuites(noSuite));
            assertThrows(IllegalArgumentException.class, () -> engine.setEnabledProtocols(noProtocol));
            assertThrows(IllegalArgumentException.class, () -> engine.setEnabledCipherSuites(null));
            assertThrows(IllegalArgumentException.class, () -> engine.setEnabledProtocols(null));
            assertArrayEquals(suites, engine.getEnabledCipherSuites());
            assertArrayEquals(protocols, engine.getEnabledProtocols());
        }

        @Test
        void whatIsToldIsACopy() {
            var engine = engine();
            var before = engine.getEnabledCipherSuites().clone();
            engine.getEnabledCipherSuites()[0] = "";
            engine.getSupportedCipherSuites()[0] = "";
            engine.getEnabledProtocols()[0] = "";
            assertArrayEquals(before, engine.getEnabledCipherSuites());
            assertFalse(List.of(engine.getSupportedCipherSuites()).contains(""));
            assertFalse(List.of(engine.getEnabledProtocols()).contains(""));
        }

        @Test
        void wantAndNeedReplaceEachOther() {
            var engine = engine();
            engine.setUseClientMode(false);
            engine.setWantClientAuth(true);
            engine.setNeedClientAuth(true);
            assertTrue(engine.getNeedClientAuth());
            assertFalse(engine.getWantClientAuth());
            engine.setWantClientAuth(false);
            assertFalse(engine.getNeedClientAuth());
        }

        @EachVersion
        void whoNeedsACertificateGetsOneOrRefuses(String version) throws Exception {
            var pair = engines(version);
            pair.server().engine().setNeedClientAuth(true);
            assertThrows(SSLException.class, pair::handshake);
            var identified = new EnginePair(client(version, TestCertificates.ecClient()), server(version));
            identified.server().engine().setNeedClientAuth(true);
            identified.handshake();
            assertEquals(
                    TestCertificates.ecClient().certificate(),
                    identified.server().engine().getSession().getPeerCertificates()[0]);
        }

        @EachVersion
        void whoOnlyWantsACertificateGoesOnWithout(String version) throws Exception {
            var pair = engines(version);
            pair.server().engine().setWantClientAuth(true);
            pair.handshake();
            assertEquals(1, pair.server().timesFinished());
        }

        @EachVersion
        void withoutNewSessionsThereIsNone(String version) {
            var pair = engines(version);
            assertTrue(pair.client().engine().getEnableSessionCreation());
            pair.client().engine().setEnableSessionCreation(false);
            assertFalse(pair.client().engine().getEnableSessionCreation());
            assertThrows(SSLException.class, pair::handshake);
            assertFalse(pair.client().engine().getSession().isValid());
        }

        @EachVersion
        void theSelectorChoosesAmongWhatIsOffered(String version) throws Exception {
            var pair = engines(version);
            with(pair.client().engine(), it -> it.setApplicationProtocols(new String[] {"one", "two"}));
            BiFunction<SSLEngine, List<String>, String> selector = (engine, offered) -> offered.get(1);
            pair.server().engine().setHandshakeApplicationProtocolSelector(selector);
            assertEquals(selector, pair.server().engine().getHandshakeApplicationProtocolSelector());
            assertNull(pair.client().engine().getHandshakeApplicationProtocolSelector());
            pair.handshake();
            assertEquals("two", pair.client().engine().getApplicationProtocol());
            assertEquals("two", pair.server().engine().getApplicationProtocol());
        }

        @EachVersion
        void aSelectorThatChoosesNothingRefuses(String version) {
            var pair = engines(version);
            with(pair.client().engine(), it -> it.setApplicationProtocols(new String[] {"one"}));
            pair.server().engine().setHandshakeApplicationProtocolSelector((engine, offered) -> null);
            assertThrows(SSLException.class, pair::handshake);
        }

        @EachVersion
        void aSelectorMayChooseToDoWithout(String version) throws Exception {
            var pair = engines(version);
            with(pair.client().engine(), it -> it.setApplicationProtocols(new String[] {"one"}));
            pair.server().engine().setHandshakeApplicationProtocolSelector((engine, offered) -> "");
            pair.handshake();
            assertEquals("", pair.client().engine().getApplicationProtocol());
            assertEquals("", pair.server().engine().getApplicationProtocol());
        }

        @Test
        void parametersAreSetAsAWhole() {
            var engine = engine();
            var wanted = new SSLParameters(new String[] {"TLS_AES_128_GCM_SHA256"}, new String[] {"TLSv1.3"});
            wanted.setNeedClientAuth(true);
            wanted.setEndpointIdentificationAlgorithm("HTTPS");
            engine.setSSLParameters(wanted);
            assertArrayEquals(new String[] {"TLS_AES_128_GCM_SHA256"}, engine.getEnabledCipherSuites());
            assertArrayEquals(new String[] {"TLSv1.3"}, engine.getEnabledProtocols());
            assertTrue(engine.getNeedClientAuth());
            assertEquals("HTTPS", engine.getSSLParameters().getEndpointIdentificationAlgorithm());
        }

        @Test
        void parametersThatSayNothingChangeNothing() {
            var engine = engine();
            engine.setUseClientMode(false);
            var suites = engine.getEnabledCipherSuites();
            var protocols = engine.getEnabledProtocols();
            engine.setSSLParameters(new SSLParameters());
            assertArrayEquals(suites, engine.getEnabledCipherSuites());
            assertArrayEquals(protocols, engine.getEnabledProtocols());
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
