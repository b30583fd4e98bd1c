package org.almosttls.jsse;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.util.Arrays;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.SSLException;
import javax.net.ssl.SSLKeyException;
import org.almosttls.api.KeyingMaterial;
import org.almosttls.testkit.Contexts;
import org.almosttls.testkit.EnginePair;
import org.almosttls.testkit.SocketPair;
import org.almosttls.testkit.TestCertificates;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** RFC 5705: what both ends export for their applications, and when they refuse to. */
class KeyingMaterialTest {

    private static final String LABEL = "EXPORTER-test";
    private static final byte[] EMPTY = {};

    private final SSLContext client = Contexts.client(Contexts.OURS);
    private final SSLContext server = Contexts.with(Contexts.OURS, TestCertificates.ecServer());

    private static KeyingMaterial of(SSLEngine engine) {
        return (KeyingMaterial) engine;
    }

    private static KeyingMaterial ofSession(SSLEngine engine) {
        return (KeyingMaterial) engine.getSession();
    }

    private EnginePair pair() throws SSLException {
        return new EnginePair(client, server).handshake();
    }

    @Test
    void bothEndsExportTheSame() throws SSLException {
        var pair = pair();
        var own = of(pair.client().engine()).exportKeyingMaterialData(LABEL, null, 100);
        assertEquals(100, own.length);
        assertArrayEquals(own, of(pair.server().engine()).exportKeyingMaterialData(LABEL, null, 100));
        assertArrayEquals(own, ofSession(pair.client().engine()).exportKeyingMaterialData(LABEL, null, 100));
        assertArrayEquals(
                own,
                ofSession(pair.server().engine())
                        .exportKeyingMaterialKey("Generic", LABEL, null, 100)
                        .getEncoded());
    }

    @Test
    void socketsExportTheSame() throws Exception {
        try (var pair = new SocketPair(client, server)) {
            var atServer = pair.async(() -> pair.server().getSession());
            pair.client().startHandshake();
            atServer.get();
            assertArrayEquals(
                    ((KeyingMaterial) pair.client()).exportKeyingMaterialData(LABEL, EMPTY, 32),
                    ((KeyingMaterial) pair.server()).exportKeyingMaterialData(LABEL, EMPTY, 32));
        }
    }

    /** RFC 5705 §4. */
    @Test
    void noContextIsNotAnEmptyOne() throws SSLException {
        var exporting = of(pair().client().engine());
        assertFalse(Arrays.equals(
                exporting.exportKeyingMaterialData(LABEL, null, 32),
                exporting.exportKeyingMaterialData(LABEL, EMPTY, 32)));
    }

    @Test
    void otherLabelsContextsAndConnectionsGiveOtherKeys() throws SSLException {
        var exporting = of(pair().client().engine());
        var one = exporting.exportKeyingMaterialData(LABEL, EMPTY, 32);
        assertFalse(Arrays.equals(one, exporting.exportKeyingMaterialData(LABEL + "2", EMPTY, 32)));
        assertFalse(Arrays.equals(one, exporting.exportKeyingMaterialData(LABEL, new byte[1], 32)));
        assertFalse(Arrays.equals(one, of(pair().client().engine()).exportKeyingMaterialData(LABEL, EMPTY, 32)));
    }

    /** RFC 5705 §6, RFC 7627 §4. */
    @ParameterizedTest
    @ValueSource(
            strings = {
                "client finished",
                "server finished",
                "master secret",
                "key expansion",
                "extended master secret",
                "",
                "EXPORTER-\u00E9"
            })
    void labelsOfTlsItselfAreRefused(String label) throws SSLException {
        var exporting = of(pair().client().engine());
        assertThrows(IllegalArgumentException.class, () -> exporting.exportKeyingMaterialData(label, null, 32));
    }

    @Test
    void boundsAreThePlatforms() throws SSLException {
        var exporting = of(pair().client().engine());
        assertEquals(1 << 16, exporting.exportKeyingMaterialData(LABEL, new byte[0xFFFF], 1 << 16).length);
        for (int length : new int[] {0, -1, (1 << 16) + 1})
            assertThrows(IllegalArgumentException.class, () -> exporting.exportKeyingMaterialData(LABEL, null, length));
        var tooLong = new byte[0x10000];
        assertThrows(IllegalArgumentException.class, () -> exporting.exportKeyingMaterialData(LABEL, tooLong, 1));
        assertThrows(NullPointerException.class, () -> exporting.exportKeyingMaterialData(null, null, 1));
        assertThrows(IllegalArgumentException.class, () -> exporting.exportKeyingMaterialKey("", LABEL, null, 1));
        assertThrows(NullPointerException.class, () -> exporting.exportKeyingMaterialKey(null, LABEL, null, 1));
    }

    @Test
    void nothingIsExportedBeforeTheHandshakeIsFinished() {
        var pair = new EnginePair(client, server);
        assertThrows(SSLKeyException.class, () -> of(pair.client().engine()).exportKeyingMaterialData(LABEL, null, 1));
        assertThrows(
                SSLKeyException.class,
                () -> ofSession(pair.client().engine()).exportKeyingMaterialData(LABEL, null, 1));
    }

    @Test
    void nothingIsExportedOfAConnectionThatIsOver() throws SSLException {
        var pair = pair();
        var session = ofSession(pair.client().engine());
        pair.client().engine().closeOutbound();
        EnginePair.send(pair.client(), pair.server(), EMPTY);
        EnginePair.send(pair.server(), pair.client(), EMPTY);
        assertThrows(SSLKeyException.class, () -> session.exportKeyingMaterialData(LABEL, null, 1));
        assertThrows(SSLKeyException.class, () -> of(pair.client().engine()).exportKeyingMaterialData(LABEL, null, 1));
        assertThrows(SSLKeyException.class, () -> of(pair.server().engine()).exportKeyingMaterialData(LABEL, null, 1));
    }

    /** What is exported hangs on the randoms of one connection, and the session is that of both. */
    @Test
    void aSessionOfTwoConnectionsCannotTellWhoseKeysAreMeant() throws SSLException {
        var first = pair();
        var second = pair();
        var session = first.client().engine().getSession();
        assertSame(session, second.client().engine().getSession());
        assertThrows(SSLKeyException.class, () -> ((KeyingMaterial) session).exportKeyingMaterialData(LABEL, null, 32));
        var ofSecond = of(second.client().engine()).exportKeyingMaterialData(LABEL, null, 32);
        assertFalse(Arrays.equals(ofSecond, of(first.client().engine()).exportKeyingMaterialData(LABEL, null, 32)));
        assertArrayEquals(ofSecond, of(second.server().engine()).exportKeyingMaterialData(LABEL, null, 32));
        first.client().engine().closeOutbound();
        EnginePair.send(first.client(), first.server(), EMPTY);
        EnginePair.send(first.server(), first.client(), EMPTY);
        assertArrayEquals(ofSecond, ((KeyingMaterial) session).exportKeyingMaterialData(LABEL, null, 32));
    }
}
