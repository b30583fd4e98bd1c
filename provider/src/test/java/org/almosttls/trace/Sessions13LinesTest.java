package org.almosttls.trace;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.security.Provider;
import java.security.cert.CertificateException;
import java.security.cert.X509Certificate;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import javax.crypto.spec.SecretKeySpec;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.SSLException;
import javax.net.ssl.TrustManager;
import javax.net.ssl.X509TrustManager;
import org.almosttls.AlmostTlsProvider;
import org.almosttls.api.EarlyData;
import org.almosttls.api.PostHandshakeAuthentication;
import org.almosttls.api.PreSharedKeys;
import org.almosttls.config.OnRequest;
import org.almosttls.config.OnRequest.Feature;
import org.almosttls.jsse.Scope;
import org.almosttls.jsse.TextbookTerms;
import org.almosttls.testkit.Contexts;
import org.almosttls.testkit.EngineEnd;
import org.almosttls.testkit.EnginePair;
import org.almosttls.testkit.Noise;
import org.almosttls.testkit.TestCertificates;
import org.almosttls.testkit.TestIdentity;
import org.junit.jupiter.api.Test;

/** What is told of sessions of TLS 1.3, where most of what is agreed on is said under protection. */
class Sessions13LinesTest {

    private static final ObjectMapper JSON = new ObjectMapper();

    private final Lines lines = Lines.json();
    private final Provider ours = new AlmostTlsProvider(lines::log);
    private final SSLContext client = Contexts.named("TLS", ours);

    private SSLContext server(TestIdentity identity) {
        return Contexts.named("TLS", ours, identity);
    }

    private EnginePair pair(TestIdentity identity) {
        return new EnginePair(client, server(identity));
    }

    private static void close(EnginePair pair) throws SSLException {
        for (var end : new EngineEnd[] {pair.client(), pair.server()})
            end.engine().closeOutbound();
        EnginePair.send(pair.client(), pair.server(), new byte[0]);
        EnginePair.send(pair.server(), pair.client(), new byte[0]);
    }

    /** The last session's, by its ends. */
    private Map<String, JsonNode> byRole() throws IOException {
        var lineOf = new HashMap<String, JsonNode>();
        for (String line : lines.all()) {
            assertEquals(Set.of(), PublishedSchema.violationsIn(line), line);
            var told = JSON.readTree(line);
            lineOf.put(told.at("/almosttls/role").asText(), told);
        }
        assertEquals(Set.of("client", "server"), lineOf.keySet());
        return lineOf;
    }

    private static void with(EngineEnd end, Consumer<SSLEngine> change) {
        change.accept(end.engine());
    }

    private static void speaking(SSLEngine engine) {
        var parameters = engine.getSSLParameters();
        parameters.setApplicationProtocols(new String[] {"h2"});
        engine.setSSLParameters(parameters);
    }

    @Test
    void bothEndsTellTheSamePostQuantumSession() throws Exception {
        var pair = pair(TestCertificates.rsaServer());
        with(pair.client(), Sessions13LinesTest::speaking);
        with(pair.server(), Sessions13LinesTest::speaking);
        close(pair.handshake());
        for (var told : byRole().values()) {
            assertEquals("1.3", told.at("/tls/protocol/version").asText());
            assertEquals("TLS_AES_256_GCM_SHA384", told.at("/tls/cipher").asText());
            assertEquals("X25519MLKEM768", told.at("/tls/curve").asText());
            assertEquals("h2", told.at("/tls/next_protocol").asText());
            assertEquals("rsa_pss_rsae_sha256", told.at("/almosttls/scheme").asText());
            assertTrue(told.at("/almosttls/post_quantum").asBoolean());
            assertTrue(told.at("/almosttls/extended_master_secret").asBoolean());
            assertTrue(told.at("/almosttls/key_updates").isMissingNode());
            assertTrue(told.at("/almosttls/renegotiations").isMissingNode());
            assertEquals("close_notify", told.at("/almosttls/ended").asText());
        }
    }

    @Test
    void aSessionThatIsResumedHasAGroupAndNoScheme() throws Exception {
        var server = server(TestCertificates.ecServer());
        for (int i = 0; i < 2; i++) close(new EnginePair(client, server).handshake());
        for (var told : byRole().values()) {
            assertEquals("ticket", told.at("/almosttls/resumed_by").asText());
            assertEquals("X25519MLKEM768", told.at("/tls/curve").asText());
            assertTrue(told.at("/almosttls/post_quantum").asBoolean());
            assertFalse(told.at("/tls/server/subject").isMissingNode(), told::toPrettyString);
        }
    }

    @Test
    void aKeyThatBothEndsWereGivenIsTold() throws Exception {
        for (byte[] identity : new byte[][] {{'a', 'd', 'a'}, {(byte) 0xFF, 1}}) {
            var pair = pair(TestCertificates.ecServer());
            var key = new SecretKeySpec(new byte[32], "TLS");
            ((PreSharedKeys) pair.client().engine()).offerPreSharedKey(identity, key, "SHA-256");
            ((PreSharedKeys) pair.server().engine()).acceptPreSharedKeys("SHA-256", any -> Optional.of(key));
            close(pair.handshake());
            for (var told : byRole().values()) {
                assertEquals(
                        identity.length == 3 ? "ada" : "ff01",
                        told.at("/almosttls/psk_identity").asText());
                assertFalse(told.at("/tls/resumed").asBoolean());
                assertTrue(told.at("/almosttls/resumed_by").isMissingNode());
                assertTrue(told.at("/tls/server/subject").isMissingNode());
                assertEquals(
                        "authenticated",
                        told.at("/almosttls/client_authentication").asText());
            }
        }
    }

    @Test
    void earlyDataIsTold() throws Exception {
        var context = server(TestCertificates.ecServer());
        for (var expected : List.of("", "accepted", "rejected")) {
            var pair = new EnginePair(client, context);
            ((EarlyData) pair.client().engine()).sendEarlyData(new byte[10]);
            if (!expected.equals("rejected")) ((EarlyData) pair.server().engine()).acceptEarlyData(10);
            close(pair.handshake());
            for (var told : byRole().values())
                assertEquals(expected, told.at("/almosttls/early_data").asText());
        }
    }

    @Test
    void theLineThatPeopleReadSaysBoth() throws Exception {
        var text = Lines.text();
        var provider = new AlmostTlsProvider(text::log);
        var context = Contexts.named("TLS", provider, TestCertificates.ecServer());
        for (int i = 0; i < 2; i++) {
            var pair = new EnginePair(Contexts.named("TLS", provider), context);
            ((EarlyData) pair.client().engine()).sendEarlyData(new byte[10]);
            var key = new SecretKeySpec(new byte[32], "TLS");
            ((PreSharedKeys) pair.client().engine()).offerPreSharedKey(new byte[] {'a', 27}, key, "SHA-256");
            ((PreSharedKeys) pair.server().engine()).acceptPreSharedKeys("SHA-256", any -> Optional.of(key));
            close(pair.handshake());
        }
        assertTrue(String.join("\n", text.all()).contains("by pre-shared key a\\u001b"), text.all()::toString);
    }

    @Test
    void keyUpdatesAreCountedAndAreNoRenegotiations() throws Exception {
        var pair = pair(TestCertificates.ecServer()).handshake();
        pair.client().engine().beginHandshake();
        EnginePair.send(pair.client(), pair.server(), Noise.of(10));
        EnginePair.send(pair.server(), pair.client(), Noise.of(10));
        close(pair);
        for (var told : byRole().values()) {
            assertEquals(2, told.at("/almosttls/key_updates").asInt());
            assertTrue(told.at("/almosttls/renegotiations").isMissingNode());
        }
    }

    /** RFC 8446 §4.4.2: what was shown is told where it was refused, though it was shown under protection. */
    @Test
    void aCertificateThatWasRefusedIsTold() throws Exception {
        var pair = pair(TestCertificates.unknownCaServer());
        assertThrows(SSLException.class, pair::handshake);
        pair.server().deliver(pair.client().wrapAll(new byte[0]));
        assertThrows(SSLException.class, pair.server()::unwrapAll);
        var told = byRole();
        assertEquals(
                "CERTIFICATE_UNTRUSTED",
                told.get("client").at("/almosttls/diagnosis/code").asText());
        assertEquals(
                "RECEIVED_UNKNOWN_CA",
                told.get("server").at("/almosttls/diagnosis/code").asText());
        for (var end : told.values()) {
            assertFalse(end.at("/tls/established").asBoolean());
            assertEquals("1.3", end.at("/tls/protocol/version").asText());
            assertEquals("X25519MLKEM768", end.at("/tls/curve").asText());
            assertEquals("CN=Unknown server", end.at("/tls/server/subject").asText());
        }
    }

    /** RFC 8446 §4.4.2.4: the client has its session by then, and hears of it with the next that it reads. */
    @Test
    void aClientWithoutACertificateLearnsWhoseWasWanted() throws Exception {
        var pair = pair(TestCertificates.ecServer());
        with(pair.server(), engine -> engine.setNeedClientAuth(true));
        assertThrows(SSLException.class, pair::handshake);
        pair.client().deliver(pair.server().wrapAll(new byte[0]));
        assertThrows(SSLException.class, pair.client()::unwrapAll);
        var atClient = byRole().get("client");
        assertEquals(
                "RECEIVED_CERTIFICATE_REQUIRED",
                atClient.at("/almosttls/diagnosis/code").asText());
        assertEquals(
                "not_given", atClient.at("/almosttls/client_authentication").asText());
        assertTrue(
                atClient.at("/almosttls/diagnosis/requested_authorities/0")
                        .asText()
                        .contains("Test CA"),
                atClient::toPrettyString);
    }

    /** RFC 8446 §4.6.2. */
    private EnginePair askedLate(SSLContext server, TestIdentity... identity) throws Exception {
        var askable = new AlmostTlsProvider(
                lines::log,
                new TextbookTerms(() -> false, said -> {}),
                Scope.ANY,
                () -> OnRequest.of(Feature.POST_HANDSHAKE_AUTH),
                Optional::empty);
        var pair = new EnginePair(Contexts.named("TLS", askable, identity), server);
        pair.handshake();
        pair.server().engine().setNeedClientAuth(true);
        assertTrue(((PostHandshakeAuthentication) pair.server().engine()).requestClientCertificate());
        return pair;
    }

    @Test
    void whoSaysAfterTheHandshakeWhoItIsIsTold() throws Exception {
        close(askedLate(server(TestCertificates.ecServer()), TestCertificates.ecClient())
                .handshake());
        for (var told : byRole().values()) {
            assertEquals(
                    "authenticated", told.at("/almosttls/client_authentication").asText());
            assertEquals("CN=EC client", told.at("/tls/client/subject").asText());
            assertEquals("X25519MLKEM768", told.at("/tls/curve").asText());
            assertTrue(told.at("/almosttls/renegotiations").isMissingNode());
        }
    }

    @Test
    void whoIsRefusedAfterTheHandshakeIsTold() throws Exception {
        var server = SSLContext.getInstance("TLS", ours);
        server.init(Contexts.keys(TestCertificates.ecServer()), new TrustManager[] {new Nobody()}, null);
        var pair = askedLate(server, TestCertificates.ecClient());
        assertThrows(SSLException.class, pair::handshake);
        pair.client().deliver(pair.server().wrapAll(new byte[0]));
        assertThrows(SSLException.class, pair.client()::unwrapAll);
        var atServer = byRole().get("server");
        assertEquals(
                "CERTIFICATE_REFUSED", atServer.at("/almosttls/diagnosis/code").asText());
        assertEquals("given", atServer.at("/almosttls/client_authentication").asText());
        assertEquals("CN=EC client", atServer.at("/tls/client/subject").asText());
    }

    /** Trusts nobody, and names none. */
    private record Nobody() implements X509TrustManager {
        @Override
        public void checkClientTrusted(X509Certificate[] chain, String authType) throws CertificateException {
            throw new CertificateException("nobody is trusted");
        }

        @Override
        public void checkServerTrusted(X509Certificate[] chain, String authType) throws CertificateException {
            throw new CertificateException("nobody is trusted");
        }

        @Override
        public X509Certificate[] getAcceptedIssuers() {
            return new X509Certificate[0];
        }
    }

    @Test
    void whoSaysNothingAfterTheHandshakeIsTold() throws Exception {
        var pair = askedLate(server(TestCertificates.ecServer()));
        assertThrows(SSLException.class, pair::handshake);
        pair.client().deliver(pair.server().wrapAll(new byte[0]));
        assertThrows(SSLException.class, pair.client()::unwrapAll);
        var told = byRole();
        assertEquals(
                "CERTIFICATE_REQUIRED",
                told.get("server").at("/almosttls/diagnosis/code").asText());
        for (var end : told.values())
            assertEquals("not_given", end.at("/almosttls/client_authentication").asText());
    }

    @Test
    void aServerMayFindNobodyThere() throws Exception {
        var pair = pair(TestCertificates.ecServer());
        with(pair.server(), engine -> engine.setWantClientAuth(true));
        close(pair.handshake());
        for (var told : byRole().values())
            assertEquals(
                    "not_given", told.at("/almosttls/client_authentication").asText());
    }
}
