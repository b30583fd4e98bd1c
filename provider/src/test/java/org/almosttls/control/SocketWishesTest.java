package org.almosttls.control;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import javax.net.ssl.SNIHostName;
import javax.net.ssl.SSLHandshakeException;
import javax.net.ssl.SSLParameters;
import javax.net.ssl.SSLSocket;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;

/** What is asked of a socket before its handshake, and what it makes of that. */
class SocketWishesTest {

    private static final List<String> OLD_PROTOCOLS = List.of("TLSv1", "SSLv3", "SSLv2Hello");

    /** They are supported by the platform of Java 17 and 25. */
    private static final List<String> OLD_SUITES =
            List.of("TLS_DHE_DSS_WITH_AES_128_GCM_SHA256", "TLS_EMPTY_RENEGOTIATION_INFO_SCSV");

    abstract static class Suite extends Control {

        Suite(Stack stack) {
            super(stack);
        }

        /** Not connected. */
        private SSLSocket socket() throws Exception {
            return (SSLSocket) client("TLSv1.3").getSocketFactory().createSocket();
        }

        @Test
        void whatIsEnabledIsSupported() throws Exception {
            try (var socket = socket()) {
                var suites = List.of(socket.getSupportedCipherSuites());
                var protocols = List.of(socket.getSupportedProtocols());
                assertTrue(suites.containsAll(List.of(socket.getEnabledCipherSuites())));
                assertTrue(protocols.containsAll(List.of(socket.getEnabledProtocols())));
                assertTrue(protocols.containsAll(List.of("TLSv1.3", "TLSv1.2", "TLSv1.1")), protocols::toString);
            }
        }

        @Test
        void whatIsNotSpokenIsPassedOver() throws Exception {
            try (var socket = socket()) {
                var protocols = List.of(socket.getSupportedProtocols());
                var suites = List.of(socket.getSupportedCipherSuites());
                assertEquals(!stack().isOurs(), protocols.containsAll(OLD_PROTOCOLS));
                assertEquals(!stack().isOurs(), suites.containsAll(OLD_SUITES));
                for (var each : OLD_PROTOCOLS) socket.setEnabledProtocols(new String[] {each, "TLSv1.2"});
                for (var each : OLD_SUITES)
                    socket.setEnabledCipherSuites(new String[] {each, "TLS_ECDHE_ECDSA_WITH_AES_128_GCM_SHA256"});
            }
        }

        @EachVersion
        void thatDoesNotKeepFromWhatIsSpoken(String version) throws Exception {
            try (var pair = sockets(version)) {
                pair.client().setEnabledProtocols(new String[] {"TLSv1", version});
                pair.handshake();
                assertEquals(version, pair.client().getSession().getProtocol());
            }
        }

        @Test
        void unknownNamesAreRefusedAndChangeNothing() throws Exception {
            try (var socket = socket()) {
                var suites = socket.getEnabledCipherSuites();
                var protocols = socket.getEnabledProtocols();
                var noSuite = new String[] {suites[0], "TLS_NO_SUCH_SUITE"};
                var noProtocol = new String[] {protocols[0], "TLSv9"};
                assertThrows(IllegalArgumentException.class, () -> socket.setEnabledCipherSuites(noSuite));
                assertThrows(IllegalArgumentException.class, () -> socket.setEnabledProtocols(noProtocol));
                assertThrows(IllegalArgumentException.class, () -> socket.setEnabledProtocols(null));
                assertThrows(IllegalArgumentException.class, () -> socket.setEnabledCipherSuites(null));
                assertArrayEquals(suites, socket.getEnabledCipherSuites());
                assertArrayEquals(protocols, socket.getEnabledProtocols());
            }
        }

        @Test
        void wantAndNeedReplaceEachOther() throws Exception {
            try (var socket = socket()) {
                assertFalse(socket.getNeedClientAuth());
                assertFalse(socket.getWantClientAuth());
                socket.setWantClientAuth(true);
                socket.setNeedClientAuth(true);
                assertTrue(socket.getNeedClientAuth());
                assertFalse(socket.getWantClientAuth());
                socket.setWantClientAuth(false);
                assertFalse(socket.getNeedClientAuth());
            }
        }

        @Test
        void parametersAreCopiesOfWhatIsWished() throws Exception {
            try (var socket = socket()) {
                var parameters = socket.getSSLParameters();
                assertArrayEquals(socket.getEnabledCipherSuites(), parameters.getCipherSuites());
                assertArrayEquals(socket.getEnabledProtocols(), parameters.getProtocols());
                parameters.setNeedClientAuth(true);
                parameters.setProtocols(new String[] {"TLSv1.2"});
                parameters.setCipherSuites(new String[] {"TLS_ECDHE_RSA_WITH_AES_128_GCM_SHA256"});
                parameters.setApplicationProtocols(new String[] {"a"});
                parameters.setEndpointIdentificationAlgorithm("HTTPS");
                parameters.setServerNames(List.of(new SNIHostName("some.example")));
                parameters.setUseCipherSuitesOrder(false);
                assertFalse(socket.getNeedClientAuth());
                socket.setSSLParameters(parameters);
                assertTrue(socket.getNeedClientAuth());
                assertArrayEquals(new String[] {"TLSv1.2"}, socket.getEnabledProtocols());
                assertArrayEquals(parameters.getCipherSuites(), socket.getEnabledCipherSuites());
                var again = socket.getSSLParameters();
                assertArrayEquals(new String[] {"a"}, again.getApplicationProtocols());
                assertEquals("HTTPS", again.getEndpointIdentificationAlgorithm());
                assertEquals(List.of(new SNIHostName("some.example")), again.getServerNames());
                assertFalse(again.getUseCipherSuitesOrder());
            }
        }

        @Test
        void whatParametersDoNotSayStays() throws Exception {
            try (var socket = socket()) {
                var suites = socket.getEnabledCipherSuites();
                socket.setWantClientAuth(true);
                socket.setSSLParameters(new SSLParameters());
                assertArrayEquals(suites, socket.getEnabledCipherSuites());
                assertFalse(socket.getWantClientAuth());
                assertThrows(
                        IllegalArgumentException.class,
                        () -> socket.setSSLParameters(new SSLParameters(new String[] {"TLS_NO_SUCH_SUITE"})));
                assertThrows(NullPointerException.class, () -> socket.setSSLParameters(null));
            }
        }

        @Test
        void namesMayBeEmptied() throws Exception {
            try (var socket = socket()) {
                socket.setEnabledCipherSuites(new String[0]);
                assertEquals(0, socket.getEnabledCipherSuites().length);
                socket.setEnabledProtocols(new String[0]);
                assertEquals(0, socket.getEnabledProtocols().length);
            }
        }

        @EachVersion
        void withNothingEnabledThereIsNoHandshake(String version) throws Exception {
            try (var pair = sockets(version)) {
                pair.client().setEnabledProtocols(new String[0]);
                assertThrows(SSLHandshakeException.class, pair.client()::startHandshake);
            }
        }

        @EachVersion
        void withoutNewSessionsThereIsNone(String version) throws Exception {
            try (var pair = sockets(version)) {
                assertTrue(pair.client().getEnableSessionCreation());
                pair.client().setEnableSessionCreation(false);
                assertFalse(pair.client().getEnableSessionCreation());
                assertTrue(pair.failures().client().isPresent());
                assertEquals(
                        "SSL_NULL_WITH_NULL_NULL", pair.client().getSession().getCipherSuite());
            }
        }

        @EachVersion
        void whatNobodyHasSetIsSaidToBeUnsetByOurs(String version) throws Exception {
            try (var pair = sockets(version)) {
                var parameters = pair.client().getSSLParameters();
                assertEquals(stack().isOurs(), parameters.getAlgorithmConstraints() == null);
                assertEquals(stack().isOurs(), parameters.getMaximumPacketSize() == 0);
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
