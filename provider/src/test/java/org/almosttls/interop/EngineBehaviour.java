package org.almosttls.interop;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.ByteBuffer;
import java.security.cert.CertificateException;
import java.util.Arrays;
import java.util.List;
import java.util.function.Consumer;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.SSLEngineResult.HandshakeStatus;
import javax.net.ssl.SSLEngineResult.Status;
import javax.net.ssl.SSLException;
import javax.net.ssl.SSLHandshakeException;
import javax.net.ssl.SSLParameters;
import org.almosttls.testkit.EngineEnd;
import org.almosttls.testkit.EnginePair;
import org.almosttls.testkit.Noise;
import org.almosttls.testkit.Pairing;
import org.almosttls.testkit.TestCertificates;
import org.almosttls.testkit.TestIdentity;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What two stacks must do with each other by engines. */
@Timeout(60)
abstract class EngineBehaviour {

    private final Pairing pairing;
    private final String version;

    EngineBehaviour(Pairing pairing, String version) {
        this.pairing = pairing;
        this.version = version;
    }

    private EnginePair pair() {
        return pair(TestCertificates.ecServer());
    }

    private EnginePair pair(TestIdentity server) {
        return new EnginePair(pairing.client(version), pairing.server(version, server));
    }

    private static void with(EngineEnd end, Consumer<SSLParameters> change) {
        var parameters = end.engine().getSSLParameters();
        change.accept(parameters);
        end.engine().setSSLParameters(parameters);
    }

    @Test
    void eachEndSaysFinishedOnce() throws Exception {
        var pair = pair().handshake();
        EnginePair.send(pair.client(), pair.server(), Noise.of(100));
        EnginePair.send(pair.server(), pair.client(), Noise.of(100));
        // The platform's client says it again when a ticket comes.
        if (pairing.clientIsOurs() || !version.equals("TLSv1.3"))
            assertEquals(1, pair.client().timesFinished());
        assertEquals(1, pair.server().timesFinished());
    }

    @Test
    void afterwardsNobodyIsHandshaking() throws Exception {
        var pair = pair().handshake();
        assertEquals(HandshakeStatus.NOT_HANDSHAKING, pair.client().engine().getHandshakeStatus());
        assertEquals(HandshakeStatus.NOT_HANDSHAKING, pair.server().engine().getHandshakeStatus());
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 4, 5, 6, 1000})
    void recordsMayArriveInPieces(int size) throws Exception {
        var pair = pair().handshake(size);
        EnginePair.send(pair.client(), pair.server(), Noise.of(100));
        assertArrayEquals(Noise.of(100), pair.server().data());
    }

    @Test
    void dataGoesBothWays() throws Exception {
        var pair = pair().handshake();
        EnginePair.send(pair.client(), pair.server(), Noise.of(100_000));
        EnginePair.send(pair.server(), pair.client(), Noise.of(50_001));
        assertArrayEquals(Noise.of(100_000), pair.server().data());
        assertArrayEquals(Noise.of(50_001), pair.client().data());
    }

    @Test
    void theApplicationProtocolIsAgreedOn() throws Exception {
        var pair = pair();
        with(pair.client(), it -> it.setApplicationProtocols(new String[] {"h2", "http/1.1"}));
        pair.server().engine().setHandshakeApplicationProtocolSelector(EngineBehaviour::http11);
        pair.handshake();
        assertEquals("http/1.1", pair.client().engine().getApplicationProtocol());
        assertEquals("http/1.1", pair.server().engine().getApplicationProtocol());
    }

    private static String http11(SSLEngine engine, List<String> offered) {
        return offered.contains("http/1.1") ? "http/1.1" : null;
    }

    @Test
    void aServerOfAnUnknownCaIsRefused() throws Exception {
        var pair = pair(TestCertificates.unknownCaServer());
        var refusal = assertThrows(SSLHandshakeException.class, pair::handshake);
        assertInstanceOf(CertificateException.class, refusal.getCause());
    }

    @Test
    void theRefusedLearnsWhy() throws Exception {
        var pair = pair(TestCertificates.unknownCaServer());
        assertThrows(SSLHandshakeException.class, pair::handshake);
        pair.server().deliver(pair.client().wrapAll(new byte[0]));
        var told = assertThrows(SSLException.class, pair.server()::unwrapAll);
        assertTrue(
                told.getMessage().contains("Received fatal alert: certificate_unknown")
                        || told.getMessage().contains("Received fatal alert: unknown_ca"),
                told::getMessage);
        assertTrue(pair.client().engine().isOutboundDone());
        assertTrue(pair.server().engine().isInboundDone());
    }

    @Test
    void aServerOfAnotherNameIsRefusedWhereNamesAreChecked() {
        var pair = pair(TestCertificates.wrongHostServer());
        with(pair.client(), it -> it.setEndpointIdentificationAlgorithm("HTTPS"));
        assertThrows(SSLHandshakeException.class, pair::handshake);
    }

    @Test
    void tooLittleRoomForARecordConsumesNothing() throws Exception {
        var pair = pair().handshake();
        pair.server().deliver(pair.client().wrapAll(Noise.of(1000)));
        var result = pair.server().unwrap(ByteBuffer.allocate(10));
        assertEquals(Status.BUFFER_OVERFLOW, result.getStatus());
        assertEquals(0, result.bytesConsumed());
        pair.server().unwrapAll();
        assertArrayEquals(Noise.of(1000), pair.server().data());
    }

    @Test
    void aRecordInPartIsAnUnderflow() throws Exception {
        var pair = pair().handshake();
        byte[] sealed = pair.client().wrapAll(Noise.of(1000));
        pair.server().deliver(Arrays.copyOf(sealed, sealed.length - 1));
        var result = pair.server().unwrap(ByteBuffer.allocate(20_000));
        assertEquals(Status.BUFFER_UNDERFLOW, result.getStatus());
        assertEquals(0, result.bytesConsumed());
    }

    @Test
    void dataMayBeScattered() throws Exception {
        var pair = pair().handshake();
        pair.server().deliver(pair.client().wrapAll(Noise.of(1000)));
        var first = ByteBuffer.allocate(300);
        var second = ByteBuffer.allocateDirect(20_000);
        assertEquals(1000, pair.server().unwrap(first, second).bytesProduced());
        assertEquals(300, first.position());
        assertEquals(700, second.position());
    }

    /** RFC 8446 §6.1: from TLS 1.3 on who hears it goes on until it has said all. */
    @Test
    void closingIsAnswered() throws Exception {
        var pair = pair().handshake();
        pair.client().engine().closeOutbound();
        assertEquals(HandshakeStatus.NEED_WRAP, pair.client().engine().getHandshakeStatus());
        EnginePair.send(pair.client(), pair.server(), new byte[0]);
        assertTrue(pair.client().engine().isOutboundDone());
        assertTrue(pair.server().engine().isInboundDone());
        if (version.equals("TLSv1.3")) {
            EnginePair.send(pair.server(), pair.client(), Noise.of(100));
            assertArrayEquals(Noise.of(100), pair.client().data());
            pair.server().engine().closeOutbound();
        }
        EnginePair.send(pair.server(), pair.client(), new byte[0]);
        assertTrue(pair.server().engine().isOutboundDone());
        assertTrue(pair.client().engine().isInboundDone());
        assertEquals(HandshakeStatus.NOT_HANDSHAKING, pair.client().engine().getHandshakeStatus());
    }

    @Test
    void nothingIsWrappedAfterClosing() throws Exception {
        var pair = pair().handshake();
        pair.client().engine().closeOutbound();
        pair.client().wrapAll(new byte[0]);
        var result = pair.client().engine().wrap(ByteBuffer.wrap(Noise.of(10)), ByteBuffer.allocate(20_000));
        assertEquals(Status.CLOSED, result.getStatus());
        assertEquals(0, result.bytesConsumed());
        assertEquals(0, result.bytesProduced());
    }

    @Test
    void inputThatEndsWithoutCloseNotifyIsNoticed() throws Exception {
        var pair = pair().handshake();
        assertThrows(SSLException.class, pair.client().engine()::closeInbound);
    }

    @Test
    void aRecordThatWasTamperedWithEndsTheConnection() throws Exception {
        var pair = pair().handshake();
        byte[] sealed = pair.client().wrapAll(Noise.of(1000));
        sealed[sealed.length - 1] ^= 1;
        pair.server().deliver(sealed);
        assertThrows(SSLException.class, pair.server()::unwrapAll);
        pair.client().deliver(pair.server().wrapAll(new byte[0]));
        var told = assertThrows(SSLException.class, pair.client()::unwrapAll);
        assertTrue(told.getMessage().contains("bad_record_mac"), told::getMessage);
        assertEquals(0, pair.server().data().length);
    }
}
