package org.almosttls.jsse;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotSame;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.cert.CertificateException;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.util.Optional;
import java.util.function.Consumer;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.SSLException;
import javax.net.ssl.SSLSession;
import javax.net.ssl.TrustManager;
import javax.net.ssl.X509TrustManager;
import org.almosttls.testkit.Contexts;
import org.almosttls.testkit.EnginePair;
import org.almosttls.testkit.FixedRandomness;
import org.almosttls.testkit.MovableClock;
import org.almosttls.testkit.SameForAll;
import org.almosttls.testkit.TestCertificates;
import org.almosttls.testkit.TestIdentity;
import org.almosttls.testkit.WithoutTickets;
import org.almosttls.ticket.KeyList;
import org.almosttls.ticket.TicketKey;
import org.almosttls.ticket.TicketKeys;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Session tickets (RFC 5077) as users of engines see them, at one server and at a fleet. */
class TicketsByEnginesTest {

    private static final Consumer<SSLEngine> PLAIN = engine -> {};
    private static final Consumer<SSLEngine> NEED = engine -> engine.setNeedClientAuth(true);
    private static final Consumer<SSLEngine> WANT = engine -> engine.setWantClientAuth(true);

    private final MovableClock clock = new MovableClock();
    private final TicketKeys ofFleet = keys(5);
    private final SSLContext client =
            context(Optional.empty(), TestCertificates.ecClient(), TestCertificates.trustStore());
    private final SSLContext server = server(ofFleet, TestCertificates.rsaServer());

    private static TicketKeys keys(int seed) {
        var list = KeyList.parse(new FixedRandomness(seed).bytes(80));
        return new TicketKeys() {
            @Override
            public Optional<TicketKey> sealing() {
                return Optional.of(list.sealingKey().copy());
            }

            @Override
            public Optional<TicketKey> named(byte[] name) {
                return list.named(name).map(TicketKey::copy);
            }
        };
    }

    private SSLContext server(TicketKeys keys, TestIdentity identity) {
        return context(Optional.of(keys), identity, TestCertificates.trustStore());
    }

    private SSLContext context(Optional<TicketKeys> keys, TestIdentity identity, KeyStore anchors) {
        return context(keys, identity, Contexts.trust(anchors));
    }

    private SSLContext context(Optional<TicketKeys> keys, TestIdentity identity, TrustManager... trust) {
        try {
            var spi = new AlmostSslContext(Lent.by(clock, keys), Scope.TLS_1_2);
            var context = new SSLContext(spi, Contexts.OURS, "TLSv1.2") {};
            context.init(Contexts.keys(identity), trust, null);
            return context;
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }

    private EnginePair meet(SSLContext at, Consumer<SSLEngine> how) throws Exception {
        var pair = new EnginePair(client, at);
        how.accept(pair.server().engine());
        return pair.handshake();
    }

    private SSLSession session(SSLContext at, Consumer<SSLEngine> how) throws Exception {
        return meet(at, how).client().engine().getSession();
    }

    private static SSLSession ofServer(EnginePair pair) {
        return pair.server().engine().getSession();
    }

    @Test
    void serversThatShareTheirKeysResumeEachOthersSessions() throws Exception {
        var first = meet(server, NEED);
        clock.pass(Duration.ofMinutes(5));
        var second = meet(server(ofFleet, TestCertificates.rsaServer()), NEED);
        assertSame(
                first.client().engine().getSession(), second.client().engine().getSession());
        var there = ofServer(second);
        assertArrayEquals(ofServer(first).getPeerCertificates(), there.getPeerCertificates());
        assertArrayEquals(ofServer(first).getLocalCertificates(), there.getLocalCertificates());
        assertArrayEquals(ofServer(first).getId(), there.getId());
        assertEquals(ofServer(first).getCreationTime(), there.getCreationTime());
        EnginePair.send(second.client(), second.server(), new byte[] {1});
        EnginePair.send(second.server(), second.client(), new byte[] {2});
        assertArrayEquals(new byte[] {1}, second.server().data());
        assertArrayEquals(new byte[] {2}, second.client().data());
    }

    @Test
    void otherKeysMeanAFullHandshake() throws Exception {
        var first = session(server, PLAIN);
        var second = session(server(keys(6), TestCertificates.rsaServer()), PLAIN);
        assertNotSame(first, second);
        assertNotSame(second, session(server, PLAIN));
    }

    /** Or somebody on the way could have a client go on with a server that it has not asked for. */
    @Test
    void aServerThatIsSomebodyElseDoesNotGoOn() throws Exception {
        assertNotSame(session(server, PLAIN), session(server(ofFleet, TestCertificates.ecServer()), PLAIN));
    }

    /** Whoever was let in on the word of one CA is not let in where that has none. */
    @Test
    void aServerThatTrustsOthersJudgesForItself() throws Exception {
        var anchors = KeyStore.getInstance("PKCS12");
        anchors.load(null, null);
        anchors.setCertificateEntry("ca", TestCertificates.ecClient().chain().get(1));
        anchors.setCertificateEntry("more", TestCertificates.ecServer().certificate());
        var other = context(Optional.of(ofFleet), TestCertificates.rsaServer(), anchors);
        assertNotSame(session(server, NEED), session(other, NEED));
        // Where nobody was judged there is nothing to disagree on.
        var anonymous = session(server, PLAIN);
        assertSame(anonymous, session(other, PLAIN));
    }

    /** An application's own trust manager may be stricter, though it names the same issuers. */
    @Test
    void aServerWhoseTrustIsOfAnotherKindJudgesForItself() throws Exception {
        var platforms = (X509TrustManager) Contexts.trust(TestCertificates.trustStore())[0];
        var stricter = context(Optional.of(ofFleet), TestCertificates.rsaServer(), new Stricter(platforms));
        assertNotSame(session(server, NEED), session(stricter, NEED));
    }

    private record Stricter(X509TrustManager platforms) implements X509TrustManager {
        @Override
        public void checkClientTrusted(X509Certificate[] chain, String authType) throws CertificateException {
            platforms.checkClientTrusted(chain, authType);
        }

        @Override
        public void checkServerTrusted(X509Certificate[] chain, String authType) throws CertificateException {
            platforms.checkServerTrusted(chain, authType);
        }

        @Override
        public X509Certificate[] getAcceptedIssuers() {
            return platforms.getAcceptedIssuers();
        }
    }

    /** RFC 5246 §7.4.4: only a full handshake asks; who began without being asked would never be. */
    @Test
    void whoWasNotAskedIsAskedWhereSomebodyWantsToKnow() throws Exception {
        var unasked = session(server, PLAIN);
        var second = meet(server, WANT);
        assertNotSame(unasked, second.client().engine().getSession());
        assertArrayEquals(
                TestCertificates.ecClient().chain().toArray(), ofServer(second).getPeerCertificates());
        assertSame(second.client().engine().getSession(), session(server, WANT));
        assertSame(second.client().engine().getSession(), session(server, NEED));
    }

    /** The point of tickets: the server need not remember. */
    @Test
    void aServerThatHasForgottenGoesOn() throws Exception {
        server.getServerSessionContext().setSessionCacheSize(1);
        var first = meet(server, PLAIN);
        new EnginePair(Contexts.client(Contexts.OURS), server).handshake();
        var second = meet(server, PLAIN);
        assertSame(
                first.client().engine().getSession(), second.client().engine().getSession());
        assertNotSame(ofServer(first), ofServer(second));
        assertArrayEquals(ofServer(first).getId(), ofServer(second).getId());
    }

    @Test
    void aSessionThatTheServerHasInvalidatedIsNotTakenFromATicket() throws Exception {
        var first = meet(server, PLAIN);
        ofServer(first).invalidate();
        assertNotSame(first.client().engine().getSession(), session(server, PLAIN));
    }

    @Test
    void aSessionThatIsInvalidatedWhileItBeginsHasNoTicket() throws Exception {
        var pair = new EnginePair(client, server);
        pair.server().engine().setHandshakeApplicationProtocolSelector((engine, offered) -> {
            engine.getHandshakeSession().invalidate();
            return "";
        });
        var parameters = pair.client().engine().getSSLParameters();
        parameters.setApplicationProtocols(new String[] {"h2"});
        pair.client().engine().setSSLParameters(parameters);
        pair.handshake();
        assertFalse(ofServer(pair).isValid());
        assertNotSame(pair.client().engine().getSession(), session(server, PLAIN));
    }

    /** RFC 5246 §7.2.2: here too, though the client would still have the ticket. */
    @Test
    void aSessionThatFailedAtTheServerIsNotTakenFromATicket() throws Exception {
        var first = meet(server, PLAIN);
        byte[] record = first.client().wrapAll(new byte[] {1});
        record[record.length - 1] ^= 1;
        first.server().deliver(record);
        assertThrows(SSLException.class, first.server()::unwrapAll);
        assertNotSame(first.client().engine().getSession(), session(server, PLAIN));
    }

    @Test
    void aTicketLivesAsLongAsASession() throws Exception {
        server.getServerSessionContext().setSessionTimeout(100);
        var first = session(server, PLAIN);
        clock.pass(Duration.ofSeconds(100));
        assertSame(first, session(server, PLAIN));
        clock.pass(Duration.ofSeconds(1));
        assertNotSame(first, session(server, PLAIN));
    }

    /** RFC 5077 §3.3: a server with other ideas than the client has when it made the ticket. */
    @Test
    void aServerMayThinkItsSessionsOverSooner() throws Exception {
        var first = session(server, PLAIN);
        server.getServerSessionContext().setSessionTimeout(10);
        clock.pass(Duration.ofSeconds(11));
        assertNotSame(first, session(server, PLAIN));
    }

    /** jdk.tls.client.enableSessionTicketExtension, jdk.tls.server.enableSessionTicketExtension. */
    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void thePlatformsPropertiesLeaveOnlyIds(boolean atClient) throws Exception {
        var without = WithoutTickets.made(() ->
                Contexts.with(Contexts.OURS, atClient ? TestCertificates.ecClient() : TestCertificates.rsaServer()));
        for (int i = 0; i < 2; i++) {
            var pair = new EnginePair(atClient ? without : client, atClient ? server : without).handshake();
            assertArrayEquals(
                    pair.client().engine().getSession().getId(), ofServer(pair).getId());
        }
    }

    /** They have no name by which another context could know that it has the same. */
    @Test
    void withConstraintsOfTheApplicationSessionsGoById() throws Exception {
        var constraints = new SameForAll(true);
        Consumer<SSLEngine> constrained = engine -> {
            var parameters = engine.getSSLParameters();
            parameters.setAlgorithmConstraints(constraints);
            engine.setSSLParameters(parameters);
        };
        var first = meet(server, constrained);
        assertArrayEquals(
                first.client().engine().getSession().getId(), ofServer(first).getId());
        assertSame(first.client().engine().getSession(), session(server, constrained));
    }

    @ParameterizedTest
    @EnumSource(Rotation.class)
    void keysThatRotateTakeTheSessionsAlong(Rotation rotation) throws Exception {
        var own = context(Optional.empty(), TestCertificates.rsaServer(), TestCertificates.trustStore());
        var first = session(own, PLAIN);
        clock.pass(Duration.ofHours(13));
        if (rotation == Rotation.RENEWED) assertSame(first, session(own, PLAIN));
        clock.pass(Duration.ofHours(11).minusSeconds(1));
        assertSame(first, session(own, PLAIN));
        clock.pass(Duration.ofSeconds(2));
        assertNotSame(first, session(own, PLAIN));
    }

    private enum Rotation {
        RENEWED,
        LEFT
    }

    @Test
    void aContextThatIsInitialisedAnewMakesOtherKeys() throws Exception {
        var own = context(Optional.empty(), TestCertificates.rsaServer(), TestCertificates.trustStore());
        var first = session(own, PLAIN);
        own.init(Contexts.keys(TestCertificates.rsaServer()), Contexts.trust(TestCertificates.trustStore()), null);
        assertNotSame(first, session(own, PLAIN));
    }
}
