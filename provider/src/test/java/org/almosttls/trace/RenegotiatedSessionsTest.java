package org.almosttls.trace;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.almosttls.alert.AlertDescription;
import org.almosttls.alert.AlertLevel;
import org.almosttls.event.Direction;
import org.almosttls.event.TlsEvent.AlertTransferred;
import org.almosttls.event.TlsEvent.Ending;
import org.almosttls.registry.Role;
import org.almosttls.testkit.Contexts;
import org.almosttls.testkit.EngineEnd;
import org.almosttls.testkit.EnginePair;
import org.almosttls.testkit.Renegotiating;
import org.almosttls.testkit.TestCertificates;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** The lines of a connection that has had several handshakes, at both ends. */
class RenegotiatedSessionsTest {

    private final Lines lines = Lines.json();

    private EnginePair pair() throws Exception {
        var ours = Renegotiating.provider(lines::log);
        return new EnginePair(
                        Contexts.with(ours, TestCertificates.ecClient()),
                        Contexts.with(ours, TestCertificates.ecServer()))
                .handshake();
    }

    private static void close(EngineEnd from, EngineEnd to) throws Exception {
        from.engine().closeOutbound();
        EnginePair.send(from, to, new byte[0]);
    }

    private List<JsonNode> told() throws Exception {
        var told = new ArrayList<JsonNode>();
        for (String line : lines.all()) {
            assertEquals(Set.of(), PublishedSchema.violationsIn(line), line);
            told.add(new ObjectMapper().readTree(line));
        }
        assertEquals(2, told.size());
        return told;
    }

    @Test
    void theLineTellsHowManyThereWereAndWhatTheLastAgreedOn() throws Exception {
        var pair = pair();
        pair.client().engine().beginHandshake();
        pair.handshake();
        pair.server().engine().setNeedClientAuth(true);
        pair.server().engine().beginHandshake();
        pair.handshake();
        close(pair.client(), pair.server());
        close(pair.server(), pair.client());
        for (var line : told()) {
            assertEquals(2, line.at("/almosttls/renegotiations").asInt());
            assertEquals(
                    "authenticated", line.at("/almosttls/client_authentication").asText());
            assertFalse(line.at("/tls/client/hash/sha256").asText().isEmpty());
            assertFalse(line.at("/tls/resumed").asBoolean());
        }
    }

    @Test
    void aConnectionWithoutAnySaysNothing() throws Exception {
        var pair = pair();
        close(pair.client(), pair.server());
        close(pair.server(), pair.client());
        for (var line : told()) assertTrue(line.at("/almosttls/renegotiations").isMissingNode());
    }

    /** OpenSSL gives up so; what was negotiated before is not what it misses. */
    @ParameterizedTest
    @EnumSource(Role.class)
    void whoGivesUpBecauseOfARefusalIsUnderstood(Role role) throws Exception {
        InventedSession.begin(lines.log(), role, 7)
                .established()
                .tell(new AlertTransferred(Direction.SENT, AlertLevel.WARNING, AlertDescription.NO_RENEGOTIATION))
                .tell(new AlertTransferred(Direction.RECEIVED, AlertLevel.FATAL, AlertDescription.HANDSHAKE_FAILURE))
                .closes(Ending.ALERT_RECEIVED);
        var diagnosis = new ObjectMapper().readTree(lines.all().get(0)).at("/almosttls/diagnosis");
        assertTrue(diagnosis.at("/cause").asText().contains("no_renegotiation"), diagnosis::toString);
        assertTrue(diagnosis.at("/next").asText().contains("renegotiation=true"), diagnosis::toString);
        assertTrue(diagnosis.at("/removed").isMissingNode(), diagnosis::toString);
    }
}
