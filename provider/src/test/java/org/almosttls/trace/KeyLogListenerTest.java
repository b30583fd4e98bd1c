package org.almosttls.trace;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import org.almosttls.crypto.Secret;
import org.almosttls.event.ConnectionId;
import org.almosttls.event.Moment;
import org.almosttls.event.TlsEvent.SecretDerived;
import org.almosttls.event.TlsEventListener.Kind;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class KeyLogListenerTest {

    @TempDir
    private Path folder;

    private List<String> written(String label, byte[] random, int times) throws Exception {
        var file = folder.resolve("keys.txt");
        var log = KeyLogListener.open(file.toString());
        var moment = new Moment(new ConnectionId(1), Instant.EPOCH, 0);
        for (int i = 0; i < times; i++)
            log.on(moment, new SecretDerived(label, random, Secret.owning(new byte[] {10, 11})));
        log.flush();
        return Files.readAllLines(file);
    }

    /** RFC 9850 §2. */
    @Test
    void aLineIsALabelTheClientsRandomAndTheSecret() throws Exception {
        assertEquals(List.of("CLIENT_RANDOM 0102 0a0b"), written("CLIENT_RANDOM", new byte[] {1, 2}, 1));
    }

    @Test
    void eachLabelIsWrittenOnce() throws Exception {
        assertEquals(1, written("CLIENT_TRAFFIC_SECRET_0", new byte[] {1}, 3).size());
    }

    @Test
    void secretsOfTheTextbookHaveNoPlaceInIt() throws Exception {
        assertEquals(List.of(), written("E_B", new byte[0], 1));
    }

    @Test
    void itHearsOfSecretsOnly() {
        var log = KeyLogListener.open(folder.resolve("keys.txt").toString());
        assertTrue(log.wants(Kind.SECRET));
        assertFalse(log.wants(Kind.HANDSHAKE));
    }

    @Test
    void aFileThatCannotBeWrittenIsNamed() {
        var nowhere = folder.resolve("nowhere").resolve("keys.txt").toString();
        var refused = assertThrows(IllegalArgumentException.class, () -> KeyLogListener.open(nowhere));
        assertTrue(refused.getMessage().startsWith("keylog=" + nowhere), refused.getMessage());
    }
}
