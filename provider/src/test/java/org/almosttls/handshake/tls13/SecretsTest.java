package org.almosttls.handshake.tls13;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.almosttls.alert.Violation;
import org.almosttls.config.ClientAuthentication;
import org.almosttls.config.OnRequest.Feature;
import org.almosttls.testkit.ConnectionPair;
import org.almosttls.testkit.Expect;
import org.almosttls.testkit.SpiedCrypto;
import org.almosttls.testkit.TestCertificates;
import org.almosttls.testkit.TestSessions;
import org.almosttls.testkit.Tls13;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** No secret outlives what it is for, whatever becomes of the connection. */
class SecretsTest {

    private static ConnectionPair pair(SpiedCrypto client, SpiedCrypto server) {
        return new ConnectionPair(
                Tls13.client(TestCertificates.rsaClient())
                        .with("crypto", client.backend())
                        .build(),
                Tls13.server(TestCertificates.ecServer())
                        .asking(ClientAuthentication.NEED)
                        .with("crypto", server.backend())
                        .build());
    }

    private static void assertErased(SpiedCrypto crypto) {
        assertTrue(crypto.secrets().size() > 10);
        for (var secret : crypto.secrets()) assertArrayEquals(new byte[secret.length()], secret.bytes());
        assertEquals(0, crypto.agreementsOpen());
    }

    @Test
    void nothingIsLeftOfAConnectionThatIsOver() throws Exception {
        var client = new SpiedCrypto();
        var server = new SpiedCrypto();
        var pair = pair(client, server);
        pair.handshake();
        for (var end : List.of(pair.client(), pair.server())) end.connection().renegotiate();
        pair.handshake();
        for (var end : List.of(pair.client(), pair.server())) end.connection().abandon();
        assertErased(client);
        assertErased(server);
    }

    /** RFC 8446 §4.6.2: also not of a client that was asked later, and given tickets again; nor where an answer is due. */
    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void nothingIsLeftOfWhatWasKeptForLater(boolean due) throws Exception {
        var client = new SpiedCrypto();
        var server = new SpiedCrypto();
        var pair = new ConnectionPair(
                Tls13.client(TestCertificates.rsaClient())
                        .requesting(Feature.POST_HANDSHAKE_AUTH)
                        .sessions(new TestSessions().withTickets(Optional.empty()))
                        .with("crypto", client.backend())
                        .build(),
                Tls13.server(TestCertificates.ecServer())
                        .sessions(new TestSessions().withTickets(Optional.of(Duration.ofHours(1))))
                        .with("crypto", server.backend())
                        .build());
        pair.handshake();
        assertTrue(pair.server().connection().inquiry().ask());
        if (!due) pair.handshake();
        for (var end : List.of(pair.client(), pair.server())) end.connection().abandon();
        assertErased(client);
        assertErased(server);
    }

    @Test
    void nothingIsLeftOfAHandshakeThatFails() throws Exception {
        var client = new SpiedCrypto();
        var server = new SpiedCrypto();
        var pair = pair(client, server);
        ConnectionPair.carry(pair.client(), pair.server(), bytes -> bytes);
        byte[] flight = pair.server().flush();
        flight[flight.length - 1] ^= 1;
        pair.client().deliver(flight);
        Expect.violation(Violation.BAD_RECORD, pair.client()::receive);
        pair.client().flush();
        pair.server().connection().abandon();
        assertErased(client);
        assertErased(server);
    }
}
