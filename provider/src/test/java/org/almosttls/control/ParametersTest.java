package org.almosttls.control;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.ByteBuffer;
import java.security.AlgorithmConstraints;
import java.security.AlgorithmParameters;
import java.security.CryptoPrimitive;
import java.security.Key;
import java.util.List;
import java.util.Set;
import javax.net.ssl.ExtendedSSLSession;
import javax.net.ssl.SNIHostName;
import javax.net.ssl.SSLException;
import javax.net.ssl.SSLParameters;
import org.almosttls.testkit.EnginePair;
import org.almosttls.testkit.Noise;
import org.almosttls.testkit.TestCertificates;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;

/** Parameters, and what connections make of them. */
class ParametersTest {

    private static final String GCM_128 = "TLS_AES_128_GCM_SHA256";
    private static final String GCM_256 = "TLS_AES_256_GCM_SHA384";

    /** Permits all but what has this word in its name. */
    private record AllBut(String word) implements AlgorithmConstraints {
        @Override
        public boolean permits(Set<CryptoPrimitive> uses, String algorithm, AlgorithmParameters parameters) {
            return !algorithm.contains(word);
        }

        @Override
        public boolean permits(Set<CryptoPrimitive> uses, Key key) {
            return true;
        }

        @Override
        public boolean permits(Set<CryptoPrimitive> uses, String algorithm, Key key, AlgorithmParameters parameters) {
            return !algorithm.contains(word);
        }
    }

    abstract static class Suite extends Control {

        Suite(Stack stack) {
            super(stack);
        }

        /** What an engine tells of what it was set. */
        private SSLParameters through(SSLParameters parameters) {
            var engine = client("TLS").createSSLEngine("some.example", 443);
            engine.setUseClientMode(true);
            engine.setSSLParameters(parameters);
            return engine.getSSLParameters();
        }

        @Test
        void newOnesSayNothing() {
            var none = new SSLParameters();
            assertNull(none.getCipherSuites());
            assertNull(none.getProtocols());
            assertNull(none.getServerNames());
            assertNull(none.getSNIMatchers());
            assertNull(none.getAlgorithmConstraints());
            assertNull(none.getEndpointIdentificationAlgorithm());
            assertEquals(0, none.getMaximumPacketSize());
            assertEquals(0, none.getApplicationProtocols().length);
            assertTrue(none.getEnableRetransmissions());
            assertFalse(none.getNeedClientAuth() || none.getWantClientAuth());
        }

        @Test
        void suitesAndProtocolsAreThoseThatWereSet() {
            var one = new SSLParameters(new String[] {GCM_128});
            assertArrayEquals(new String[] {GCM_128}, through(one).getCipherSuites());
            var both = new SSLParameters(new String[] {GCM_256}, new String[] {"TLSv1.3"});
            assertArrayEquals(new String[] {"TLSv1.3"}, through(both).getProtocols());
            both.setCipherSuites(new String[] {GCM_128, GCM_256});
            both.setProtocols(new String[] {"TLSv1.3", "TLSv1.2"});
            assertArrayEquals(new String[] {GCM_128, GCM_256}, through(both).getCipherSuites());
            assertArrayEquals(new String[] {"TLSv1.3", "TLSv1.2"}, through(both).getProtocols());
        }

        @Test
        void wantAndNeedReplaceEachOther() {
            var set = new SSLParameters();
            set.setWantClientAuth(true);
            set.setNeedClientAuth(true);
            assertFalse(set.getWantClientAuth());
            assertTrue(through(set).getNeedClientAuth());
            set.setWantClientAuth(true);
            assertFalse(set.getNeedClientAuth());
            assertTrue(through(set).getWantClientAuth());
        }

        @Test
        void namesAndProtocolsOfApplicationsStay() {
            var set = new SSLParameters();
            set.setServerNames(List.of(new SNIHostName("other.example")));
            set.setSNIMatchers(List.of(SNIHostName.createSNIMatcher(".*")));
            set.setApplicationProtocols(new String[] {"one", "two"});
            var told = through(set);
            assertEquals(List.of(new SNIHostName("other.example")), told.getServerNames());
            assertEquals(1, told.getSNIMatchers().size());
            assertArrayEquals(new String[] {"one", "two"}, told.getApplicationProtocols());
        }

        @Test
        void whatIsForDatagramsStays() {
            var set = new SSLParameters();
            set.setEnableRetransmissions(false);
            set.setMaximumPacketSize(1200);
            assertFalse(through(set).getEnableRetransmissions());
            assertEquals(1200, through(set).getMaximumPacketSize());
            assertThrows(IllegalArgumentException.class, () -> set.setMaximumPacketSize(-1));
        }

        @Test
        void constraintsStay() {
            var set = new SSLParameters();
            var constraints = new AllBut("NOTHING");
            set.setAlgorithmConstraints(constraints);
            assertSame(constraints, set.getAlgorithmConstraints());
            assertNotNull(through(set).getAlgorithmConstraints());
        }

        @Test
        void namedGroupsStay() throws Exception {
            sinceJava(20);
            var set = new SSLParameters();
            var of = SSLParameters.class.getMethod("setNamedGroups", String[].class);
            of.invoke(set, (Object) new String[] {"secp256r1", "x25519"});
            var told = SSLParameters.class.getMethod("getNamedGroups").invoke(through(set));
            assertArrayEquals(new String[] {"secp256r1", "x25519"}, (String[]) told);
        }

        @Test
        void signatureSchemesStay() throws Exception {
            sinceJava(19);
            var set = new SSLParameters();
            var of = SSLParameters.class.getMethod("setSignatureSchemes", String[].class);
            of.invoke(set, (Object) new String[] {"ecdsa_secp256r1_sha256"});
            var told = SSLParameters.class.getMethod("getSignatureSchemes").invoke(through(set));
            assertArrayEquals(new String[] {"ecdsa_secp256r1_sha256"}, (String[]) told);
        }

        /** A server's own order counts unless it says that its client's does. */
        @Test
        void theOrderOfSuitesIsTheServersOrTheClients() throws Exception {
            for (boolean ofServer : new boolean[] {true, false}) {
                var pair = engines("TLSv1.3");
                pair.client().engine().setEnabledCipherSuites(new String[] {GCM_128, GCM_256});
                with(pair.server().engine(), it -> {
                    it.setCipherSuites(new String[] {GCM_256, GCM_128});
                    it.setUseCipherSuitesOrder(ofServer);
                    assertEquals(ofServer, it.getUseCipherSuitesOrder());
                });
                pair.handshake();
                var agreed = pair.server().engine().getSession().getCipherSuite();
                assertEquals(ofServer ? GCM_256 : GCM_128, agreed);
            }
        }

        @EachVersion
        void theServersNameIsAskedForAndMatched(String version) throws Exception {
            var pair = engines(version);
            with(pair.client().engine(), it -> it.setServerNames(List.of(new SNIHostName("some.example"))));
            with(pair.server().engine(), it -> it.setSNIMatchers(List.of(SNIHostName.createSNIMatcher("some[.].*"))));
            pair.handshake();
            var session = (ExtendedSSLSession) pair.server().engine().getSession();
            assertEquals(List.of(new SNIHostName("some.example")), session.getRequestedServerNames());
        }

        @EachVersion
        void aNameThatMatchesNothingIsRefused(String version) {
            var pair = engines(version);
            with(pair.client().engine(), it -> it.setServerNames(List.of(new SNIHostName("other.example"))));
            with(pair.server().engine(), it -> it.setSNIMatchers(List.of(SNIHostName.createSNIMatcher("some[.].*"))));
            assertThrows(SSLException.class, pair::handshake);
        }

        @EachVersion
        void theCertificateHasToBeOfTheNameWhereThatIsWanted(String version) throws Exception {
            var right = engines(version);
            with(right.client().engine(), it -> it.setEndpointIdentificationAlgorithm("HTTPS"));
            right.handshake();
            var wrong = new EnginePair(client(version), server(version, TestCertificates.wrongHostServer()));
            with(wrong.client().engine(), it -> it.setEndpointIdentificationAlgorithm("HTTPS"));
            assertThrows(SSLException.class, wrong::handshake);
            var unchecked = new EnginePair(client(version), server(version, TestCertificates.wrongHostServer()));
            unchecked.handshake();
        }

        @EachVersion
        void applicationProtocolsWithNoneInCommonAreRefused(String version) {
            var pair = engines(version);
            with(pair.client().engine(), it -> it.setApplicationProtocols(new String[] {"one"}));
            with(pair.server().engine(), it -> it.setApplicationProtocols(new String[] {"two"}));
            assertThrows(SSLException.class, pair::handshake);
        }

        /** What it says of packets bounds what is sent. */
        @EachVersion
        void noPacketIsLongerThanWanted(String version) throws Exception {
            var pair = engines(version);
            with(pair.client().engine(), it -> it.setMaximumPacketSize(2000));
            with(pair.server().engine(), it -> it.setMaximumPacketSize(2000));
            pair.handshake();
            var network = ByteBuffer.allocate(20_000);
            var result = pair.client().engine().wrap(ByteBuffer.wrap(Noise.of(10_000)), network);
            assertTrue(result.bytesProduced() <= 2000, result::toString);
            assertTrue(result.bytesConsumed() > 1000, result::toString);
        }

        @EachVersion
        void constraintsRuleOut(String version) throws Exception {
            var pair = engines(version);
            with(pair.client().engine(), it -> it.setAlgorithmConstraints(new AllBut("AES_256")));
            if (version.equals("TLSv1.2")) {
                pair.client().engine().setEnabledCipherSuites(new String[] {
                    "TLS_ECDHE_ECDSA_WITH_AES_256_GCM_SHA384", "TLS_ECDHE_ECDSA_WITH_AES_128_GCM_SHA256"
                });
            }
            pair.handshake();
            var agreed = pair.client().engine().getSession().getCipherSuite();
            assertFalse(agreed.contains("AES_256"), agreed);
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
