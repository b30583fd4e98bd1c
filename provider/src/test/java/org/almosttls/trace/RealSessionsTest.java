package org.almosttls.trace;

import static java.nio.charset.StandardCharsets.UTF_8;
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
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLException;
import javax.net.ssl.TrustManager;
import org.almosttls.AlmostTlsProvider;
import org.almosttls.testkit.Contexts;
import org.almosttls.testkit.EngineEnd;
import org.almosttls.testkit.EnginePair;
import org.almosttls.testkit.TestCertificates;
import org.junit.jupiter.api.Test;

/** The lines of handshakes that really happened, both ends in one log. */
class RealSessionsTest {

    private static final ObjectMapper JSON = new ObjectMapper();
    private static final String TOLD_NOWHERE = "do not tell anybody";

    private final Lines lines = Lines.json();
    private final Provider ours = new AlmostTlsProvider(lines::log);
    private final SSLContext server = Contexts.with(ours, TestCertificates.rsaServer());

    private Map<String, JsonNode> byRole() throws IOException {
        var lineOf = new HashMap<String, JsonNode>();
        for (String line : lines.all()) {
            assertEquals(Set.of(), PublishedSchema.violationsIn(line), line);
            assertFalse(line.contains(TOLD_NOWHERE), line);
            var told = JSON.readTree(line);
            lineOf.put(told.at("/almosttls/role").asText(), told);
        }
        assertEquals(2, lines.all().size());
        assertEquals(Set.of("client", "server"), lineOf.keySet());
        return lineOf;
    }

    private static void close(EngineEnd from, EngineEnd to) throws SSLException {
        from.engine().closeOutbound();
        EnginePair.send(from, to, new byte[0]);
    }

    @Test
    void bothEndsTellTheSameSession() throws IOException {
        var pair = new EnginePair(Contexts.client(ours), server).handshake();
        EnginePair.send(pair.client(), pair.server(), TOLD_NOWHERE.getBytes(UTF_8));
        close(pair.client(), pair.server());
        close(pair.server(), pair.client());
        var told = byRole();
        var client = told.get("client");
        var atServer = told.get("server");
        for (String same : new String[] {
            "/tls/protocol/version",
            "/tls/cipher",
            "/tls/curve",
            "/tls/client/ja3",
            "/tls/server/ja3s",
            "/tls/server/hash/sha256",
            "/almosttls/scheme",
            "/almosttls/ja4"
        }) {
            assertFalse(client.at(same).asText().isEmpty(), same);
            assertEquals(client.at(same), atServer.at(same), same);
        }
        assertEquals(TOLD_NOWHERE.length(), client.at("/almosttls/bytes/sent").asInt());
        assertEquals(
                TOLD_NOWHERE.length(), atServer.at("/almosttls/bytes/received").asInt());
        assertEquals("close_notify", client.at("/almosttls/ended").asText());
        assertEquals("close_notify", atServer.at("/almosttls/ended").asText());
    }

    @Test
    void theSizeOfTheFieldAndTheOrderOfMacAreTold() throws IOException {
        var pair = new EnginePair(Contexts.client(ours), server);
        pair.client().engine().setEnabledCipherSuites(new String[] {"TLS_DHE_RSA_WITH_AES_128_CBC_SHA256"});
        pair.handshake();
        close(pair.client(), pair.server());
        close(pair.server(), pair.client());
        for (var end : byRole().values()) {
            assertEquals(2048, end.at("/almosttls/field_bits").asInt());
            assertTrue(end.at("/almosttls/encrypt_then_mac").asBoolean());
        }
    }

    private Map<String, JsonNode> refused(SSLContext client, SSLContext by) throws IOException {
        return refused(new EnginePair(client, by));
    }

    private Map<String, JsonNode> refused(EnginePair pair) throws IOException {
        assertThrows(SSLException.class, pair::handshake);
        pair.server().deliver(pair.client().wrapAll(new byte[0]));
        assertThrows(SSLException.class, pair.server()::unwrapAll);
        var told = byRole();
        assertEquals("alert_received", told.get("server").at("/almosttls/ended").asText());
        assertEquals("failed", told.get("client").at("/almosttls/ended").asText());
        return told;
    }

    @Test
    void aRefusalByTheApplicationIsToldByBothEnds() throws IOException {
        var told = refused(Contexts.of(ours, null, new TrustManager[] {new RefusesAll()}), server);
        assertEquals("CERTIFICATE_REFUSED", told.get("client").at("/error/type").asText());
        assertTrue(told.get("client").at("/error/message").asText().contains("not today"));
        assertEquals(
                "RECEIVED_CERTIFICATE_UNKNOWN",
                told.get("server").at("/error/type").asText());
    }

    @Test
    void anUnknownCaIsToldByBothEnds() throws IOException {
        var told = refused(Contexts.client(ours), Contexts.with(ours, TestCertificates.unknownCaServer()));
        assertEquals(
                "CERTIFICATE_UNTRUSTED", told.get("client").at("/error/type").asText());
        assertEquals("RECEIVED_UNKNOWN_CA", told.get("server").at("/error/type").asText());
    }

    @Test
    void aCertificateForAnotherNameIsToldByBothEnds() throws IOException {
        var pair = new EnginePair(Contexts.client(ours), Contexts.with(ours, TestCertificates.wrongHostServer()));
        var parameters = pair.client().engine().getSSLParameters();
        parameters.setEndpointIdentificationAlgorithm("HTTPS");
        pair.client().engine().setSSLParameters(parameters);
        var told = refused(pair);
        assertEquals(
                "CERTIFICATE_NAME_MISMATCH",
                told.get("client").at("/error/type").asText());
        assertTrue(told.get("client")
                .at("/almosttls/diagnosis/cause")
                .asText()
                .contains(" It is for "
                        + told.get("client")
                                .at("/almosttls/server/chain/0/alternative_names/0")
                                .asText()));
        assertEquals(
                "RECEIVED_CERTIFICATE_UNKNOWN",
                told.get("server").at("/error/type").asText());
    }

    @Test
    void anExpiredCertificateIsToldByBothEnds() throws IOException {
        var told = refused(Contexts.client(ours), Contexts.with(ours, TestCertificates.expiredServer()));
        var diagnosis = told.get("client").at("/almosttls/diagnosis");
        assertEquals("CERTIFICATE_EXPIRED", diagnosis.at("/code").asText());
        var notAfter = told.get("client").at("/tls/server/not_after").asText();
        assertTrue(diagnosis.at("/cause").asText().contains(" It expired on " + notAfter), diagnosis.toString());
        assertEquals(
                "RECEIVED_CERTIFICATE_EXPIRED",
                told.get("server").at("/error/type").asText());
    }
}
