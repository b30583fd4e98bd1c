package org.almosttls.handshake.tls13;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import org.almosttls.config.EarlyTerms;
import org.almosttls.registry.HashAlgorithm;
import org.almosttls.registry.NamedGroup;
import org.almosttls.testkit.ConnectionPair;
import org.almosttls.testkit.SpiedCrypto;
import org.almosttls.testkit.TestKeys;
import org.almosttls.testkit.Tls13;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Where early data is sent, and where both ends were given a key, nothing is left of what was derived for it. */
class EarlySecretsTest extends EarlyMeeting {

    private final SpiedCrypto ofClient = new SpiedCrypto();
    private final SpiedCrypto ofServer = new SpiedCrypto();

    private void assertErased(ConnectionPair pair) {
        for (var end : List.of(pair.client(), pair.server())) end.connection().abandon();
        for (var crypto : List.of(ofClient, ofServer)) {
            assertTrue(crypto.secrets().size() > 3);
            for (var secret : crypto.secrets()) assertArrayEquals(new byte[secret.length()], secret.bytes());
            assertEquals(0, crypto.agreementsOpen());
        }
    }

    private ConnectionPair spied(boolean taken, NamedGroup group) throws Exception {
        return again(
                client -> client.with("crypto", ofClient.backend()),
                server -> server.groups(group)
                        .with("crypto", ofServer.backend())
                        .with("early", taken ? EarlyTerms.taking(MOST, register) : EarlyTerms.NONE));
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void nothingIsLeftWhetherItIsTakenOrNot(boolean taken) throws Exception {
        var pair = spied(taken, NamedGroup.X25519);
        pair.handshake();
        assertEquals(taken, isTaken(pair));
        assertErased(pair);
    }

    @Test
    void nothingIsLeftAfterHelloRetryRequest() throws Exception {
        var pair = spied(true, NamedGroup.SECP384R1);
        pair.handshake();
        assertErased(pair);
    }

    /** The client waits for an answer, the server for the end of the data. */
    @Test
    void nothingIsLeftWhereTheConnectionEndsAmidIt() throws Exception {
        var pair = spied(true, NamedGroup.X25519);
        ConnectionPair.carry(pair.client(), pair.server(), bytes -> bytes);
        assertArrayEquals(EARLY, taken(pair));
        assertErased(pair);
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void nothingIsLeftOfAKeyThatBothWereGiven(boolean finished) throws Exception {
        var keys = new TestKeys().plus("ada", 7, HashAlgorithm.SHA256);
        var pair = new ConnectionPair(
                Tls13.client()
                        .credentials(keys)
                        .with("crypto", ofClient.backend())
                        .build(),
                Tls13.server()
                        .credentials(keys)
                        .with("crypto", ofServer.backend())
                        .build());
        if (finished) pair.handshake();
        else ConnectionPair.carry(pair.client(), pair.server(), bytes -> bytes);
        assertErased(pair);
        for (var secret : keys.handedOut()) assertArrayEquals(new byte[32], secret.bytes());
    }
}
