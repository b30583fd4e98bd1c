package org.almosttls.engine;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.security.cert.X509Certificate;
import java.util.List;
import java.util.Optional;
import org.almosttls.alert.Violation;
import org.almosttls.config.PeerIdentity;
import org.almosttls.config.PeerVerifier;
import org.almosttls.event.Moment;
import org.almosttls.event.TlsEvent;
import org.almosttls.event.TlsEventListener;
import org.almosttls.testkit.ConnectionPair;
import org.almosttls.testkit.Expect;
import org.almosttls.testkit.TestCertificates;
import org.almosttls.testkit.TestConfig;
import org.junit.jupiter.api.Test;

/** What becomes of a connection when code that it was lent breaks in ways that nobody plans for. */
class GraveErrorsTest {

    private static final Error BROKEN = new StackOverflowError();

    /** Breaks instead of judging. */
    private static final class BrokenVerifier extends PeerVerifier {
        @Override
        protected void check(PeerIdentity identity) {
            throw BROKEN;
        }

        @Override
        public List<X509Certificate> acceptedIssuers() {
            return List.of();
        }
    }

    private static ConnectionPair pair(PeerVerifier judge) {
        return new ConnectionPair(
                TestConfig.client().with("peerVerifier", judge).build(),
                TestConfig.server(TestCertificates.ecServer()).build());
    }

    @Test
    void workThatBreaksEndsTheConnection() throws Exception {
        var pair = pair(new BrokenVerifier());
        var thrown = Expect.violation(Violation.INTERNAL, pair::handshake);
        assertSame(BROKEN, thrown.getCause());
        byte[] alert = {21, 3, 3, 0, 2, 2, 80};
        assertArrayEquals(alert, pair.client().flush());
        assertEquals(ConnectionStatus.CLOSED, pair.client().connection().status());
        assertTrue(pair.client().connection().session().isEmpty());
    }

    @Test
    void aListenerThatCannotBeLinkedIsDropped() throws Exception {
        var connection = new TlsConnection(
                TestConfig.client().build(),
                new TlsEventListener() {
                    @Override
                    public boolean wants(Kind kind) {
                        return true;
                    }

                    @Override
                    public void on(Moment moment, TlsEvent event) {
                        throw new NoClassDefFoundError();
                    }
                },
                Optional.empty(),
                Optional.empty());
        connection.start();
        assertEquals(ConnectionStatus.NEED_SEND, connection.status());
    }
}
