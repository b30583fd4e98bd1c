package org.almosttls.jsse;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.security.Security;
import java.security.cert.CertificateException;
import java.util.Arrays;
import java.util.List;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLException;
import javax.net.ssl.SSLHandshakeException;
import javax.net.ssl.SSLSocket;
import org.almosttls.testkit.Contexts;
import org.almosttls.testkit.RawPair;
import org.almosttls.testkit.SocketPair;
import org.almosttls.testkit.TestCertificates;
import org.almosttls.testkit.TestIdentity;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** AlmostTLSv1 through the ordinary Java API, by sockets. */
class TextbookSocketsTest {

    private static final String SUITE = "ALMOST_RSA_OAEP_WITH_AES_128_CBC_HMAC_SHA256";
    private static final String DISABLED = "jdk.tls.disabledAlgorithms";
    private static final byte[] ORDER = "Pay Carol 10 euros".getBytes(US_ASCII);

    private static SSLContext bob() {
        return Contexts.almostClient(Contexts.OURS);
    }

    private static SSLContext alice() {
        return Contexts.almostWith(Contexts.OURS, TestCertificates.rsaServer());
    }

    private static SSLContext alice(TestIdentity identity) {
        return Contexts.almostWith(Contexts.OURS, identity);
    }

    @Test
    void theSessionSaysWhatItIs() throws Exception {
        try (var pair = new SocketPair(bob(), alice()).handshake()) {
            for (var end : List.of(pair.client(), pair.server())) {
                assertEquals("AlmostTLSv1", end.getSession().getProtocol());
                assertEquals(SUITE, end.getSession().getCipherSuite());
                assertEquals("", end.getApplicationProtocol());
                assertTrue(end.getSession().isValid());
            }
            assertEquals(
                    TestCertificates.rsaServer().certificate(),
                    pair.client().getSession().getPeerCertificates()[0]);
            assertNull(pair.client().getSession().getLocalCertificates());
            assertNotNull(pair.server().getSession().getLocalCertificates());
        }
    }

    @Test
    void dataGoesBothWaysAndEndsWithTheTransport() throws Exception {
        try (var pair = new SocketPair(bob(), alice())) {
            var answered = pair.async(() -> {
                byte[] order = pair.server().getInputStream().readAllBytes();
                pair.server().getOutputStream().write(order);
                pair.server().close();
                return order;
            });
            pair.client().getOutputStream().write(ORDER);
            pair.client().shutdownOutput();
            assertArrayEquals(ORDER, pair.client().getInputStream().readAllBytes());
            assertArrayEquals(ORDER, SocketPair.await(answered));
            pair.client().shutdownInput();
        }
    }

    @Test
    void aLongStreamIsCutIntoRecordsAndComesWhole() throws Exception {
        var stream = new byte[1_000_000];
        for (int i = 0; i < stream.length; i++) stream[i] = (byte) (i * 31 >>> 3);
        try (var pair = new SocketPair(bob(), alice())) {
            var received = pair.async(() -> pair.server().getInputStream().readAllBytes());
            pair.client().getOutputStream().write(stream);
            pair.client().close();
            assertArrayEquals(stream, SocketPair.await(received));
        }
    }

    /** Nothing else is spoken there, so a list of versions of TLS that an application insists on changes nothing. */
    @ParameterizedTest
    @ValueSource(strings = {"TLSv1.2", "TLSv1.3", "AlmostTLSv1"})
    void listsMadeForTlsAreBorne(String protocol) throws Exception {
        try (var pair = new SocketPair(bob(), alice())) {
            pair.client().setEnabledProtocols(new String[] {protocol});
            pair.client().setEnabledCipherSuites(new String[] {"TLS_ECDHE_RSA_WITH_AES_128_GCM_SHA256"});
            assertArrayEquals(new String[] {"AlmostTLSv1"}, pair.client().getEnabledProtocols());
            assertArrayEquals(new String[] {SUITE}, pair.client().getEnabledCipherSuites());
            pair.handshake();
            assertEquals("AlmostTLSv1", pair.client().getSession().getProtocol());
        }
    }

    @Test
    void onlyTheTextbookIsThereToEnable() throws Exception {
        var parameters = bob().getSupportedSSLParameters();
        assertArrayEquals(new String[] {"AlmostTLSv1"}, parameters.getProtocols());
        assertArrayEquals(new String[] {SUITE}, parameters.getCipherSuites());
        assertArrayEquals(
                new String[] {"AlmostTLSv1"}, bob().getDefaultSSLParameters().getProtocols());
        assertArrayEquals(new String[] {SUITE}, bob().getSocketFactory().getDefaultCipherSuites());
    }

    @Test
    void aContextOfTlsHasItOnlyByName() throws Exception {
        var tls = Contexts.client(Contexts.OURS);
        var socket = (SSLSocket) tls.getSocketFactory().createSocket();
        for (var list : List.of(
                socket.getSupportedProtocols(),
                socket.getEnabledProtocols(),
                tls.getSupportedSSLParameters().getProtocols(),
                tls.getDefaultSSLParameters().getProtocols())) {
            assertTrue(!Arrays.asList(list).contains("AlmostTLSv1"), Arrays.toString(list));
        }
        assertTrue(!Arrays.asList(socket.getSupportedCipherSuites()).contains(SUITE));
        socket.setEnabledProtocols(new String[] {"AlmostTLSv1"});
        assertArrayEquals(new String[] {"AlmostTLSv1"}, socket.getEnabledProtocols());
    }

    @Test
    void enabledByNameOnAContextOfTlsItIsTheSame() throws Exception {
        var server = Contexts.with(Contexts.OURS, TestCertificates.rsaServer());
        try (var pair = new SocketPair(Contexts.client(Contexts.OURS), server)) {
            pair.client().setEnabledProtocols(new String[] {"AlmostTLSv1"});
            pair.server().setEnabledProtocols(new String[] {"TLSv1.2", "AlmostTLSv1"});
            pair.handshake();
            assertEquals("AlmostTLSv1", pair.server().getSession().getProtocol());
            assertEquals(SUITE, pair.client().getSession().getCipherSuite());
        }
    }

    /** Hardening must not turn TLS into what is weaker than any TLS. */
    @ParameterizedTest
    @ValueSource(strings = {"TLSv1.3", "TLSv1.2"})
    void itIsNeverSpokenInsteadOfATlsThatWasAskedFor(String asked) throws Exception {
        String before = Security.getProperty(DISABLED);
        try {
            Security.setProperty(DISABLED, before + ", TLSv1.2, TLSv1.3");
            var server = Contexts.with(Contexts.OURS, TestCertificates.rsaServer());
            for (boolean client : new boolean[] {true, false}) {
                var engine = server.createSSLEngine(TestCertificates.HOST, 443);
                engine.setUseClientMode(client);
                engine.setEnabledProtocols(new String[] {asked, "AlmostTLSv1"});
                var refusal = assertThrows(SSLException.class, engine::beginHandshake);
                assertTrue(refusal.getMessage().contains("No appropriate protocol"), refusal.getMessage());
            }
        } finally {
            Security.setProperty(DISABLED, before);
        }
    }

    @Test
    void theNameIsCheckedWithoutBeingAskedFor() throws Exception {
        try (var pair = new SocketPair(bob(), alice(TestCertificates.wrongHostRsaServer()))) {
            assertEquals("HTTPS", pair.client().getSSLParameters().getEndpointIdentificationAlgorithm());
            var failure = assertInstanceOf(
                    SSLHandshakeException.class, pair.failures().client().orElseThrow());
            assertInstanceOf(CertificateException.class, failure.getCause());
        }
    }

    @Test
    void anApplicationCanCheckTheNameItself() throws Exception {
        try (var pair = new SocketPair(bob(), alice(TestCertificates.wrongHostRsaServer()))) {
            var parameters = pair.client().getSSLParameters();
            parameters.setEndpointIdentificationAlgorithm("");
            pair.client().setSSLParameters(parameters);
            pair.handshake();
        }
    }

    @Test
    void anUnknownCaIsRefusedAndTheOtherEndToldOnlyThatItFailed() throws Exception {
        try (var pair = new SocketPair(bob(), alice(TestCertificates.unknownCaRsaServer()))) {
            var failures = pair.failures();
            assertInstanceOf(
                    CertificateException.class, failures.client().orElseThrow().getCause());
            assertEquals(
                    "Received fatal alert: failure",
                    failures.server().orElseThrow().getMessage());
        }
    }

    @Test
    void whereTlsMeetsTheTextbookBothAreNamed() throws Exception {
        try (var pair = new SocketPair(Contexts.client(Contexts.OURS), alice())) {
            var failures = pair.failures();
            assertEquals(
                    "the peer does not speak AlmostTLSv1: it looks like TLS",
                    failures.server().orElseThrow().getMessage());
            assertTrue(failures.client().orElseThrow().getMessage().contains("AlmostTLSv1"), failures.toString());
        }
    }

    @Test
    void whereTheTextbookMeetsTlsBothAreNamed() throws Exception {
        try (var pair = new SocketPair(bob(), Contexts.with(Contexts.OURS, TestCertificates.rsaServer()))) {
            var failures = pair.failures();
            assertEquals(
                    "the peer does not speak AlmostTLSv1: it looks like TLS",
                    failures.client().orElseThrow().getMessage());
            assertTrue(failures.server().orElseThrow().getMessage().contains("AlmostTLSv1"), failures.toString());
        }
    }

    @Test
    void clientAuthenticationThatIsNeededCannotBeHad() throws Exception {
        try (var pair = new SocketPair(bob(), alice())) {
            pair.server().setNeedClientAuth(true);
            var failure = pair.failures().server().orElseThrow();
            assertTrue(failure.getMessage().contains("client authentication"), failure.getMessage());
        }
    }

    @Test
    void aLayeredSocketIsClosedWithoutWaitingForAFarewell() throws Exception {
        try (var raw = RawPair.open();
                var pair = SocketPair.layered(bob(), alice(), raw, false).handshake()) {
            pair.client().close();
            assertTrue(!raw.client().isClosed());
            raw.client().getOutputStream().write(0);
        }
    }

    @Test
    void aStreamCutWithinARecordIsAnErrorAndBetweenRecordsTheEnd() throws Exception {
        for (boolean within : List.of(true, false)) {
            try (var raw = RawPair.open();
                    var pair = SocketPair.layered(bob(), alice(), raw, true).handshake()) {
                if (within) raw.client().getOutputStream().write(new byte[] {23, (byte) 0xA1, 1, 0, 80, 1, 2});
                raw.client().shutdownOutput();
                var in = pair.server().getInputStream();
                if (within) assertInstanceOf(SSLException.class, assertThrows(IOException.class, in::read));
                else assertEquals(-1, in.read());
            }
        }
    }
}
