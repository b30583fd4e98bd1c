package org.almosttls.trace;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.almosttls.alert.AlertDescription;
import org.almosttls.alert.Violation;
import org.almosttls.event.Direction;
import org.almosttls.event.TlsEvent.Ending;
import org.almosttls.extension.Extensions;
import org.almosttls.extension.SessionTicket;
import org.almosttls.message.ClientHello;
import org.almosttls.message.ServerHello;
import org.almosttls.message.ServerHelloDone;
import org.almosttls.registry.Role;
import org.almosttls.testkit.Samples;
import org.almosttls.testkit.Samples13;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class JsonLineTest {

    private static final ObjectMapper JSON = new ObjectMapper();

    private final Lines lines = Lines.json();

    private JsonNode only() throws IOException {
        return JSON.readTree(lines.only());
    }

    /** Digests in the golden files are those that OpenSSL and Python tell for the same input. */
    @ParameterizedTest
    @ValueSource(strings = {"success", "untrusted", "peer-alert", "truncated", "heartbeats"})
    void aSessionIsToldAsReviewed(String name) throws IOException {
        Scenarios.play(name, lines.log());
        var told = only();
        assertEquals(ProcessHandle.current().pid(), told.at("/process/pid").asLong());
        ((ObjectNode) told.get("process")).put("pid", 1);
        assertEquals(
                JSON.readTree(getClass().getResourceAsStream("golden/" + name + ".json"))
                        .toPrettyString(),
                told.toPrettyString());
    }

    @Test
    void aTruncatedSessionThatWasEstablishedIsNoFailureButTold() throws IOException {
        Scenarios.play("truncated-later", lines.log());
        assertEquals("unknown", only().at("/event/outcome").asText());
        assertEquals("TRUNCATED", only().at("/almosttls/diagnosis/code").asText());
        assertTrue(only().at("/error").isMissingNode());
    }

    @Test
    void aMissingClientCertificateIsNamedButNotClaimedToBeTheCause() throws IOException {
        Scenarios.play("no-client-certificate", lines.log());
        assertEquals("not_given", only().at("/almosttls/client_authentication").asText());
        var diagnosis = only().at("/almosttls/diagnosis");
        assertEquals("RECEIVED_HANDSHAKE_FAILURE", diagnosis.at("/code").asText());
        assertTrue(diagnosis.at("/cause").asText().startsWith("The server said handshake_failure and not why."));
        assertTrue(diagnosis
                .at("/cause")
                .asText()
                .endsWith("The server had asked for a client certificate, and none was sent."));
        assertEquals(
                "O=AlmostTLS tests,CN=Test CA",
                diagnosis.at("/requested_authorities/0").asText());
    }

    /** The subject was made by OpenSSL with {@code \0} in it, which it took for a plain 0. */
    @Test
    void anAuthenticatedClientIsShown() throws IOException {
        Scenarios.play("client-authenticated", lines.log());
        assertEquals(
                "authenticated", only().at("/almosttls/client_authentication").asText());
        assertEquals(
                "O=AlmostTLS tests,CN=Bob0Eve", only().at("/tls/client/subject").asText());
        assertEquals(
                "D59B1B4285FDB59FE879493600D584FD135626785D153602CC33D9E3186079D3",
                only().at("/almosttls/client/chain/0/hash/sha256").asText());
        assertEquals(
                "bob@example.org",
                only().at("/almosttls/client/chain/0/alternative_names/0").asText());
    }

    @Test
    void aCertificateThatCannotBeParsedIsNamedByItsDigest() throws IOException {
        Scenarios.play("malformed-certificate", lines.log());
        var own = only().at("/almosttls/server/chain/0");
        assertTrue(own.at("/subject").isMissingNode());
        assertTrue(own.at("/hash/sha256").asText().matches("[0-9A-F]{64}"));
    }

    @Test
    void aResumedSessionIsKnownByItsId() throws IOException {
        var hello = Samples.serverHello();
        var offering = Samples.clientHello();
        var resuming = new ClientHello(
                offering.legacyVersion(),
                offering.random(),
                hello.sessionId(),
                offering.cipherSuites(),
                offering.compressionMethods(),
                offering.extensions());
        InventedSession.client(lines.log())
                .says(Role.CLIENT, resuming)
                .says(Role.SERVER, hello)
                .closes(Ending.CLOSE_NOTIFY);
        assertTrue(only().at("/tls/resumed").asBoolean());
    }

    /** RFC 5077 §3.4: of a client that offers a ticket and no id. */
    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void withoutAnIdTheSessionOfATicketIsKnownByWhatItsServerLeavesOut(boolean isFull) throws IOException {
        var offering = Samples.clientHello();
        var extensions = new ArrayList<>(offering.extensions().all());
        extensions.add(new SessionTicket(new byte[] {1, 2, 3}));
        var session = InventedSession.client(lines.log())
                .says(
                        Role.CLIENT,
                        new ClientHello(
                                offering.legacyVersion(),
                                offering.random(),
                                new byte[0],
                                offering.cipherSuites(),
                                offering.compressionMethods(),
                                Extensions.of(extensions)))
                .says(Role.SERVER, Samples.serverHello());
        var chain = List.of(Synthetic.certificate("server"));
        if (isFull) session.shows(Role.SERVER, chain.get(0)).says(Role.SERVER, new ServerHelloDone());
        session.completes(chain, List.of()).closes(Ending.CLOSE_NOTIFY);
        assertEquals(!isFull, only().at("/tls/resumed").asBoolean());
    }

    /** RFC 8446 §4.2.11: the server says so; an id that is echoed says nothing. */
    @Test
    void aSessionOfTls13IsKnownByItsTicket() throws IOException {
        InventedSession.client(lines.log())
                .says(Role.CLIENT, Samples13.clientHello())
                .says(Role.SERVER, Samples13.helloRetryRequest())
                .says(Role.CLIENT, Samples13.clientHello())
                .says(Role.SERVER, Samples13.serverHello())
                .closes(Ending.CLOSE_NOTIFY);
        assertTrue(only().at("/tls/resumed").asBoolean());
        assertEquals("ticket", only().at("/almosttls/resumed_by").asText());
    }

    @Test
    void aFreshSessionIsNotResumed() throws IOException {
        var hello = Samples.serverHello();
        var unnamed = new ServerHello(
                hello.legacyVersion(), hello.random(), new byte[0], hello.cipherSuite(), 0, hello.extensions());
        InventedSession.client(lines.log())
                .says(Role.CLIENT, Samples.clientHello())
                .says(Role.SERVER, unnamed)
                .closes(Ending.CLOSE_NOTIFY);
        assertFalse(only().at("/tls/resumed").asBoolean());
    }

    @Test
    void theFirstCauseCounts() throws IOException {
        InventedSession.client(lines.log())
                .hellos()
                .fails(Violation.WRONG_SIGNATURE.exception())
                .alert(Direction.RECEIVED, AlertDescription.INTERNAL_ERROR)
                .fails(Violation.INTERNAL.exception())
                .closes(Ending.FAILED);
        assertEquals("WRONG_SIGNATURE", only().at("/error/type").asText());
        assertEquals("decrypt_error", only().at("/almosttls/alert/description").asText());
    }

    @Test
    void anAlertAfterTheHandshakeIsAFailureOfAnEstablishedSession() throws IOException {
        InventedSession.client(lines.log())
                .established()
                .alert(Direction.RECEIVED, AlertDescription.BAD_CERTIFICATE)
                .closes(Ending.ALERT_RECEIVED);
        assertTrue(only().at("/tls/established").asBoolean());
        assertEquals("RECEIVED_BAD_CERTIFICATE", only().at("/error/type").asText());
    }

    @Test
    void anAlertWithoutANameKeepsItsNumber() throws IOException {
        InventedSession.client(lines.log())
                .alert(Direction.RECEIVED, new AlertDescription(0xEE))
                .closes(Ending.ALERT_RECEIVED);
        assertEquals("RECEIVED_ALERT_0XEE", only().at("/error/type").asText());
        assertEquals(0xEE, only().at("/almosttls/alert/code").asInt());
    }
}
