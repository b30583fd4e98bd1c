package org.almosttls.control;

import static org.almosttls.testkit.SocketPair.await;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.io.OutputStream;
import java.net.SocketException;
import java.net.SocketTimeoutException;
import java.nio.charset.StandardCharsets;
import java.security.cert.CertificateException;
import javax.net.ssl.SSLException;
import javax.net.ssl.SSLHandshakeException;
import org.almosttls.testkit.RawPair;
import org.almosttls.testkit.SocketPair;
import org.almosttls.testkit.TestCertificates;
import org.almosttls.testkit.TestIdentity;
import org.junit.jupiter.api.Nested;

/** What is told of connections that fail, and what is left of them. */
class SocketFailuresTest {

    private static final byte[] HEADER_OF_40 = {23, 3, 3, 0, 40};

    abstract static class Suite extends Control {

        Suite(Stack stack) {
            super(stack);
        }

        @EachVersion
        void aWrongRecordEndsTheConnectionForBoth(String version) throws Exception {
            try (var raw = RawPair.open();
                    var pair = layered(version, raw, true).handshake()) {
                pair.converse(1);
                var in = pair.server().getInputStream();
                var out = pair.server().getOutputStream();
                forge(raw.client().getOutputStream());
                assertInstanceOf(SSLException.class, assertThrows(IOException.class, in::read));
                assertThrows(SSLException.class, in::read);
                assertEquals(0, in.available());
                assertThrows(SocketException.class, () -> out.write(1));
                assertTrue(pair.server().isClosed());
                assertFalse(pair.server().getSession().isValid());
                var told = assertThrows(
                        SSLException.class, () -> pair.client().getInputStream().read());
                assertTrue(told.getMessage().endsWith("Received fatal alert: bad_record_mac"), told::getMessage);
                assertTrue(pair.client().isClosed());
            }
        }

        private static void forge(OutputStream out) throws IOException {
            out.write(HEADER_OF_40);
            out.write(new byte[40]);
        }

        @EachVersion
        void whoIsToldOfAFailureHasNoConnectionEither(String version) throws Exception {
            try (var raw = RawPair.open();
                    var pair = layered(version, raw, true).handshake()) {
                pair.converse(1);
                forge(raw.client().getOutputStream());
                assertThrows(
                        SSLException.class, () -> pair.server().getInputStream().read());
                var in = pair.client().getInputStream();
                var out = pair.client().getOutputStream();
                assertThrows(SSLException.class, in::read);
                assertThrows(SSLException.class, in::read);
                assertThrows(SocketException.class, () -> out.write(1));
                assertThrows(SocketException.class, pair.client()::startHandshake);
            }
        }

        @EachVersion
        void plaintextIsToldFromTls(String version) throws Exception {
            try (var raw = RawPair.open();
                    var pair = layered(version, raw, true)) {
                raw.server().getOutputStream().write("220 mail.example ESMTP\r\n".getBytes(StandardCharsets.US_ASCII));
                var told = assertThrows(SSLException.class, pair.client()::startHandshake);
                assertEquals("Unsupported or unrecognized SSL message", told.getMessage());
                assertTrue(pair.client().isClosed());
            }
        }

        @EachVersion
        void aPeerThatLeavesAmidTheHandshakeFailsIt(String version) throws Exception {
            try (var raw = RawPair.open();
                    var pair = layered(version, raw, true)) {
                raw.server().shutdownOutput();
                assertThrows(SSLHandshakeException.class, pair.client()::startHandshake);
                assertTrue(pair.client().isClosed());
            }
        }

        @EachVersion
        void aResetOfTheTransportIsToldAsSuch(String version) throws Exception {
            try (var raw = RawPair.open();
                    var pair = layered(version, raw, true).handshake()) {
                pair.converse(1);
                var in = pair.client().getInputStream();
                raw.server().setSoLinger(true, 0);
                raw.server().close();
                assertThrows(SocketException.class, in::read);
                var again = stack().isOurs() ? SocketException.class : SSLException.class;
                assertThrows(again, in::read);
                assertTrue(pair.client().isClosed());
            }
        }

        @EachVersion
        void whoseDataEndsWithoutCloseNotifyMayBeWrittenTo(String version) throws Exception {
            try (var raw = RawPair.open();
                    var pair = layered(version, raw, true).handshake()) {
                pair.converse(1);
                raw.server().shutdownOutput();
                assertEquals(-1, pair.client().getInputStream().read());
                if (!stack().isOurs() && version.equals("TLSv1.2")) {
                    assertThrows(
                            SocketException.class,
                            () -> pair.client().getOutputStream().write(1));
                    return;
                }
                pair.client().getOutputStream().write(1);
                assertEquals(1, pair.server().getInputStream().read());
            }
        }

        @EachSetting
        void aSessionThatIsAskedForTooEarlyEndsOnlyThePlatforms(Setting setting) throws Exception {
            try (var pair = sockets(setting)) {
                pair.client().setSoTimeout(20);
                assertEquals(
                        "SSL_NULL_WITH_NULL_NULL", pair.client().getSession().getCipherSuite());
                assertEquals(stack().isOurs(), !pair.client().isClosed());
            }
        }

        @EachVersion
        void whoClosesTheTransportClosesTheSocket(String version) throws Exception {
            try (var raw = RawPair.open();
                    var pair = layered(version, raw, true).handshake()) {
                var in = pair.client().getInputStream();
                raw.client().close();
                assertThrows(SocketException.class, in::read);
                assertTrue(pair.client().isClosed());
                assertThrows(SocketException.class, pair.client()::getInputStream);
                assertTrue(pair.client().getSession().isValid());
                pair.client().close();
            }
        }

        @EachSetting
        void aHandshakeThatTimedOutGoesOn(Setting setting) throws Exception {
            try (var pair = sockets(setting)) {
                pair.client().setSoTimeout(20);
                assertThrows(SocketTimeoutException.class, pair.client()::startHandshake);
                assertFalse(pair.client().isClosed());
                pair.client().setSoTimeout(0);
                var serving = pair.async(() -> pair.server().getSession().isValid());
                pair.client().startHandshake();
                assertTrue(await(serving));
                pair.converse(1);
            }
        }

        @EachVersion
        void aCertificateThatIsRefusedIsTheCause(String version) throws Exception {
            assertInstanceOf(CertificateException.class, refusal(version, TestCertificates.unknownCaServer()));
            assertInstanceOf(CertificateException.class, refusal(version, TestCertificates.expiredServer()));
            assertInstanceOf(CertificateException.class, refusal(version, TestCertificates.wrongHostServer()));
        }

        private Throwable refusal(String version, TestIdentity server) throws Exception {
            try (var pair = new SocketPair(client(version), server(version, server))) {
                with(pair.client(), it -> it.setEndpointIdentificationAlgorithm("HTTPS"));
                return assertInstanceOf(
                                SSLHandshakeException.class,
                                pair.failures().client().orElseThrow())
                        .getCause();
            }
        }

        @EachVersion
        void whatReadingAndWritingFindFailedIsTheHandshake(String version) throws Exception {
            try (var pair = new SocketPair(client(version), server(version, TestCertificates.unknownCaServer()))) {
                var serving = pair.async(() -> pair.server().getSession().isValid());
                var in = pair.client().getInputStream();
                var out = pair.client().getOutputStream();
                assertThrows(SSLHandshakeException.class, () -> out.write(1));
                assertThrows(SSLException.class, in::read);
                assertThrows(SocketException.class, () -> out.write(1));
                await(serving);
            }
        }
    }

    @Nested
    class OfSunJsse extends Suite {
        OfSunJsse() {
            super(Stack.SUN_JSSE);
        }
    }

    @Nested
    class OfAlmostTls extends Suite {
        OfAlmostTls() {
            super(Stack.ALMOST_TLS);
        }
    }
}
