package org.almosttls.jsse;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.lang.ref.PhantomReference;
import java.lang.ref.Reference;
import java.lang.ref.ReferenceQueue;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import javax.net.ssl.SSLException;
import org.almosttls.AlmostTlsProvider;
import org.almosttls.api.EarlyData;
import org.almosttls.event.Moment;
import org.almosttls.event.TlsEvent;
import org.almosttls.event.TlsEvent.Closed;
import org.almosttls.event.TlsEvent.Ending;
import org.almosttls.event.TlsEventListener;
import org.almosttls.testkit.Contexts;
import org.almosttls.testkit.EnginePair;
import org.almosttls.testkit.TestCertificates;
import org.almosttls.testkit.TestIdentity;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Connections that their application drops are told of, and collected, wherever they were. */
class ForgottenConnectionsTest {

    private static final int ATTEMPTS = 100;
    private static final int EACH_MILLIS = 100;

    private final BlockingQueue<Ending> endings = new LinkedBlockingQueue<>();
    private final ReferenceQueue<Object> collected = new ReferenceQueue<>();
    private final List<Reference<Object>> watched = new ArrayList<>();
    private final AlmostTlsProvider provider = new AlmostTlsProvider(() -> new TlsEventListener() {
        @Override
        public boolean wants(Kind kind) {
            return kind == Kind.HANDSHAKE;
        }

        @Override
        public void on(Moment moment, TlsEvent event) {
            if (event instanceof Closed closed) endings.add(closed.ending());
        }
    });

    private void watch(EnginePair pair) {
        watched.add(new PhantomReference<>(pair.client().engine(), collected));
        watched.add(new PhantomReference<>(pair.server().engine(), collected));
    }

    private EnginePair pair(String version, TestIdentity server) {
        return new EnginePair(Contexts.named(version, provider), Contexts.named(version, provider, server));
    }

    private void dropAmidTheHandshake(String version) throws SSLException {
        var pair = pair(version, TestCertificates.ecServer());
        pair.server().deliver(pair.client().wrapAll(new byte[0]));
        pair.server().unwrapAll();
        watch(pair);
    }

    /** With data both ways. */
    private void dropLater(String version) throws SSLException {
        var pair = pair(version, TestCertificates.ecServer()).handshake();
        EnginePair.send(pair.client(), pair.server(), new byte[10]);
        EnginePair.send(pair.server(), pair.client(), new byte[10]);
        watch(pair);
    }

    /** The server cannot read what comes first. */
    private void dropAmidEarlyData() throws SSLException {
        var client = Contexts.named("TLS", provider);
        var pair = new EnginePair(client, Contexts.named("TLS", provider, TestCertificates.ecServer()));
        ((EarlyData) pair.server().engine()).acceptEarlyData(100);
        pair.handshake();
        var another = new EnginePair(client, Contexts.named("TLS", provider, TestCertificates.ecServer()));
        ((EarlyData) another.client().engine()).sendEarlyData(new byte[100]);
        another.server().deliver(another.client().wrapAll(new byte[0]));
        another.server().unwrapAll();
        watch(another);
    }

    private void dropAfterARefusal(String version) {
        var pair = pair(version, TestCertificates.unknownCaServer());
        assertThrows(SSLException.class, pair::handshake);
        watch(pair);
    }

    private void dropAmidTheTextbooksHandshake() throws SSLException {
        var pair = new EnginePair(
                Contexts.almostClient(provider).createSSLEngine(TestCertificates.HOST, 443),
                Contexts.almostWith(provider, TestCertificates.rsaServer())
                        .createSSLEngine(TestCertificates.HOST, 443));
        pair.server().deliver(pair.client().wrapAll(new byte[0]));
        pair.server().unwrapAll();
        watch(pair);
    }

    /** How many of those watched the collector has taken, after it had every chance. */
    private int taken() throws InterruptedException {
        int taken = 0;
        for (int attempt = 0; attempt < ATTEMPTS && taken < watched.size(); attempt++) {
            System.gc();
            if (collected.remove(EACH_MILLIS) != null) taken++;
        }
        return taken;
    }

    @ParameterizedTest
    @ValueSource(strings = {"TLSv1.2", "TLSv1.3"})
    void amidTheHandshake(String version) throws Exception {
        dropAmidTheHandshake(version);
        assertEquals(2, taken());
        assertEquals(Ending.ABANDONED, endings.poll(10, TimeUnit.SECONDS));
        assertEquals(Ending.ABANDONED, endings.poll(10, TimeUnit.SECONDS));
    }

    @ParameterizedTest
    @ValueSource(strings = {"TLSv1.2", "TLSv1.3"})
    void afterTheHandshake(String version) throws Exception {
        dropLater(version);
        assertEquals(2, taken());
        assertEquals(Ending.ABANDONED, endings.poll(10, TimeUnit.SECONDS));
        assertEquals(Ending.ABANDONED, endings.poll(10, TimeUnit.SECONDS));
    }

    @Test
    void amidEarlyDataThatIsPassedOver() throws Exception {
        dropAmidEarlyData();
        assertEquals(2, taken());
    }

    @ParameterizedTest
    @ValueSource(strings = {"TLSv1.2", "TLSv1.3"})
    void afterARefusal(String version) throws Exception {
        dropAfterARefusal(version);
        assertEquals(2, taken());
        assertEquals(Ending.FAILED, endings.poll(10, TimeUnit.SECONDS));
    }

    @Test
    void amidTheTextbooksHandshake() throws Exception {
        dropAmidTheTextbooksHandshake();
        assertEquals(2, taken());
        assertEquals(Ending.ABANDONED, endings.poll(10, TimeUnit.SECONDS));
    }
}
