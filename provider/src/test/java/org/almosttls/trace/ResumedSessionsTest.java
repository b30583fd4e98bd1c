package org.almosttls.trace;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.security.Provider;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import javax.net.ssl.SSLContext;
import org.almosttls.AlmostTlsProvider;
import org.almosttls.testkit.Contexts;
import org.almosttls.testkit.EngineEnd;
import org.almosttls.testkit.EnginePair;
import org.almosttls.testkit.TestCertificates;
import org.junit.jupiter.api.Test;

/** The lines of a session and of its resumption, at both ends. */
class ResumedSessionsTest {

    private static final ObjectMapper JSON = new ObjectMapper();

    private final Lines lines = Lines.json();
    private final Provider ours = new AlmostTlsProvider(lines::log);
    private final SSLContext server = Contexts.with(ours, TestCertificates.rsaServer());
    private final SSLContext client = Contexts.with(ours, TestCertificates.ecClient());

    private void converse() throws Exception {
        var pair = new EnginePair(client, server);
        pair.server().engine().setNeedClientAuth(true);
        pair.handshake();
        close(pair.client(), pair.server());
        close(pair.server(), pair.client());
    }

    private static void close(EngineEnd from, EngineEnd to) throws Exception {
        from.engine().closeOutbound();
        EnginePair.send(from, to, new byte[0]);
    }

    private List<JsonNode> told() throws Exception {
        var told = new ArrayList<JsonNode>();
        for (String line : lines.all()) {
            assertEquals(Set.of(), PublishedSchema.violationsIn(line), line);
            told.add(JSON.readTree(line));
        }
        return told;
    }

    @Test
    void aResumedSessionSaysSoAndWhoTheEndsAre() throws Exception {
        converse();
        converse();
        var told = told();
        assertEquals(4, told.size());
        for (var line : told.subList(2, 4)) {
            var role = line.at("/almosttls/role").asText();
            var first = told.subList(0, 2).stream()
                    .filter(each -> each.at("/almosttls/role").asText().equals(role))
                    .findFirst()
                    .orElseThrow();
            assertFalse(first.at("/tls/resumed").asBoolean());
            assertTrue(line.at("/tls/resumed").asBoolean());
            assertTrue(first.at("/almosttls/resumed_by").isMissingNode());
            assertEquals("ticket", line.at("/almosttls/resumed_by").asText());
            assertTrue(line.at("/tls/established").asBoolean());
            for (String same : new String[] {
                "/tls/cipher",
                "/tls/server/hash/sha256",
                "/tls/client/hash/sha256",
                "/almosttls/client_authentication",
                "/almosttls/extended_master_secret"
            }) {
                assertFalse(first.at(same).asText().isEmpty(), same);
                assertEquals(first.at(same), line.at(same), same);
            }
            // No key was exchanged and nothing signed on this connection.
            assertFalse(first.at("/almosttls/scheme").isMissingNode());
            assertTrue(line.at("/tls/curve").isMissingNode());
            assertTrue(line.at("/almosttls/group").isMissingNode());
            assertTrue(line.at("/almosttls/scheme").isMissingNode());
        }
    }
}
