package org.almosttls.agent.upgrade;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.ByteBuffer;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import javax.net.ssl.SSLException;
import org.almosttls.agent.boot.ChannelBridge;
import org.almosttls.agent.options.UpgradeOptions.Mode;
import org.almosttls.agent.upgrade.LookedAtServer.Client;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What becomes of channels whose servers speak first, and of channels where none can be upgraded. */
class ChannelDeciderTest {

    private static final byte[] WELCOME = "welcome".getBytes(StandardCharsets.US_ASCII);

    @TempDir
    private Path folder;

    private static String plaintext(LookedAtServer server, String what) {
        return "AlmostTLS: plaintext: server at port " + server.port() + ", its client 127.0.0.1; " + what;
    }

    @Test
    void aPermissiveServerThatSpeaksFirstStaysInPlaintext() throws Exception {
        try (var server = new LookedAtServer(Mode.PERMISSIVE, folder)) {
            Client client = server.accept();
            assertEquals(ChannelBridge.PLAIN, client.hears(WELCOME));
            client.saysHello();
            assertFalse(client.isUpgraded());
            assertEquals(List.of(plaintext(server, "it stays as it is")), server.told());
        }
    }

    @Test
    void itWaitsForItsReaderToSeeAClientHello() throws Exception {
        try (var server = new LookedAtServer(Mode.PERMISSIVE, folder)) {
            Client client = server.accept();
            Thread reader = client.isAwaited();
            client.saysHello();
            assertEquals(WELCOME.length, client.hears(WELCOME));
            assertArrayEquals(WELCOME, client.network(WELCOME.length));
            assertEquals(List.of(), server.told());
            client.isLeft();
            reader.join();
        }
    }

    @Test
    void whereNoneCanBeUpgradedAPermissiveServerGetsAClientHelloAsItCame() throws Exception {
        try (var server = new LookedAtServer(Mode.PERMISSIVE, folder, false)) {
            Client client = server.accept();
            client.saysHello();
            assertFalse(client.isUpgraded());
            assertEquals(List.of(plaintext(server, "it stays as it is")), server.told());
        }
    }

    @Test
    void aStrictServerRefusesItThere() throws Exception {
        try (var server = new LookedAtServer(Mode.STRICT, folder, false)) {
            Client client = server.accept();
            client.saysHello();
            assertThrows(SSLException.class, client::read);
            assertFalse(client.isOpen());
            assertEquals(List.of(plaintext(server, "it is refused")), server.told());
        }
    }

    @Test
    void andSaysNothingFirst() throws Exception {
        try (var server = new LookedAtServer(Mode.STRICT, folder, false)) {
            Client client = server.accept();
            assertThrows(SSLException.class, () -> client.hears(WELCOME));
            assertFalse(client.isOpen());
        }
    }

    @Test
    void aStrictClientRefusesThereToSpeak() throws Exception {
        try (var server = new LookedAtServer(Mode.STRICT, folder, false)) {
            SocketChannel client = server.connect();
            assertThrows(SSLException.class, () -> server.channels().write(client, ByteBuffer.wrap(WELCOME)));
            assertFalse(client.isOpen());
        }
    }

    /** Of whom nobody asks whether the server speaks TLS. */
    @Test
    void aPermissiveClientStaysInPlaintextThere() throws Exception {
        try (var server = new LookedAtServer(Mode.PERMISSIVE, folder, false)) {
            SocketChannel client = server.connect();
            assertEquals(ChannelBridge.PLAIN, server.channels().write(client, ByteBuffer.wrap(WELCOME)));
            assertTrue(server.told().get(0).endsWith("; it stays as it is"), server.told()::toString);
        }
    }
}
