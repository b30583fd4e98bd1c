package org.almosttls.control;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import javax.net.ssl.SSLSocket;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;

/** What is asked of a socket before its handshake, and what it makes of that. */
class SocketWishesTest {

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
