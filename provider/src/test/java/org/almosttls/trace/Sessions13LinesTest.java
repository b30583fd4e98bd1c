package org.almosttls.trace;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.security.Provider;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.SSLException;
import org.almosttls.AlmostTlsProvider;
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
