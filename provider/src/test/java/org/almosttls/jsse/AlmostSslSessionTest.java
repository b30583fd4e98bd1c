package org.almosttls.jsse;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.security.cert.X509Certificate;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import javax.net.ssl.SSLPeerUnverifiedException;
import javax.net.ssl.SSLSessionBindingEvent;
import javax.net.ssl.SSLSessionBindingListener;
import org.almosttls.event.Endpoint;
import org.almosttls.registry.SignatureScheme;
import org.almosttls.testkit.MovableClock;
import org.almosttls.testkit.TestCertificates;
import org.junit.jupiter.api.Test;

/** Sessions as applications see them. */
class AlmostSslSessionTest {

    private final MovableClock clock = new MovableClock();
    private final AlmostSslSessions sessions = new AlmostSslSessions(clock);

    private AlmostSslSession session() {
        return new AlmostSslSession(
                new Endpoint("some.example", 443), sessions, List.of(SignatureScheme.ECDSA_SECP256R1_SHA256));
    }

    private AlmostSslSession finished(int id) {
        var session = session();
        session.finish(new SessionFacts(
                "TLSv1.2",
                "TLS_ECDHE_ECDSA_WITH_AES_128_GCM_SHA256",
                new byte[] {(byte) id},
                TestCertificates.ecServer().chain(),
                TestCertificates.ecServer().chain(),
                List.of(),
                List.of(SignatureScheme.RSA_PSS_RSAE_SHA256, SignatureScheme.RSA_PSS_RSAE_SHA384),
                Optional.empty(),
                1 << 14,
                List.of(new byte[] {3, 4})));
        return session;
    }

    /** Writes down what it hears. */
    private static final class Heard extends ArrayList<String> implements SSLSessionBindingListener {

        private static final long serialVersionUID = 1L;

        @Override
        public void valueBound(SSLSessionBindingEvent event) {
            add("bound " + event.getName());
        }

        @Override
        public void valueUnbound(SSLSessionBindingEvent event) {
            add("unbound " + event.getName());
        }
    }

    @Test
    void valuesHearOfTheirFate() {
        var session = session();
        var first = new Heard();
        var second = new Heard();
        session.putValue("key", first);
        session.putValue("key", second);
        session.removeValue("key");
        assertEquals(List.of("bound key", "unbound key"), first);
        assertEquals(List.of("bound key", "unbound key"), second);
        assertEquals(0, session.getValueNames().length);
    }

    @Test
    void valuesHaveNames() {
        var session = session();
        session.putValue("key", 1);
        assertEquals(1, session.getValue("key"));
        assertNull(session.getValue("other"));
        assertArrayEquals(new String[] {"key"}, session.getValueNames());
        assertThrows(IllegalArgumentException.class, () -> session.putValue(null, 1));
        assertThrows(IllegalArgumentException.class, () -> session.putValue("key", null));
        assertThrows(IllegalArgumentException.class, () -> session.getValue(null));
        assertThrows(IllegalArgumentException.class, () -> session.removeValue(null));
    }

    @Test
    void itTellsThePeer() throws Exception {
        var session = finished(1);
        assertEquals("some.example", session.getPeerHost());
        assertEquals(443, session.getPeerPort());
        assertEquals(TestCertificates.ecServer().certificate().getSubjectX500Principal(), session.getPeerPrincipal());
        assertArrayEquals(new String[] {"RSASSA-PSS"}, session.getPeerSupportedSignatureAlgorithms());
        assertArrayEquals(new String[] {"SHA256withECDSA"}, session.getLocalSupportedSignatureAlgorithms());
    }

    /** The platform's are, and applications cast them. */
    @Test
    void chainsAreArraysOfX509Certificates() throws Exception {
        assertInstanceOf(X509Certificate[].class, finished(1).getPeerCertificates());
        assertInstanceOf(X509Certificate[].class, finished(1).getLocalCertificates());
    }

    @Test
    void whoIsNotKnownIsNotTold() {
        var session = session();
        assertThrows(SSLPeerUnverifiedException.class, session::getPeerCertificates);
        assertThrows(SSLPeerUnverifiedException.class, session::getPeerPrincipal);
        assertNull(session.getLocalCertificates());
        assertNull(session.getLocalPrincipal());
        assertEquals(List.of(), session.getStatusResponses());
    }

    @Test
    void aFinishedSessionIsValid() {
        var session = finished(7);
        assertEquals(sessions, session.getSessionContext());
        assertTrue(session.isValid());
        session.invalidate();
        assertFalse(session.isValid());
        assertNull(session().getSessionContext());
    }

    @Test
    void beingResumedIsAnAccess() {
        var session = finished(7);
        assertEquals(clock.now().toEpochMilli(), session.getCreationTime());
        assertEquals(session.getCreationTime(), session.getLastAccessedTime());
        clock.pass(Duration.ofSeconds(5));
        session.access();
        assertEquals(session.getCreationTime() + 5000, session.getLastAccessedTime());
    }
}
