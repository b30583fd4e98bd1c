package org.almosttls.handshake.tls13;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import org.almosttls.alert.Violation;
import org.almosttls.config.ClientAuthentication;
import org.almosttls.testkit.ConnectionPair;
import org.almosttls.testkit.Expect;
import org.almosttls.testkit.SpiedCrypto;
import org.almosttls.testkit.TestCertificates;
import org.almosttls.testkit.Tls13;
import org.junit.jupiter.api.Test;

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
