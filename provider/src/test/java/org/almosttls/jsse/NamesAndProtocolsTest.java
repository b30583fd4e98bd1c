package org.almosttls.jsse;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.BiFunction;
import java.util.function.Predicate;
import javax.net.ssl.ExtendedSSLSession;
import javax.net.ssl.SNIHostName;
import javax.net.ssl.SNIMatcher;
import javax.net.ssl.SNIServerName;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.SSLEngineResult.HandshakeStatus;
import javax.net.ssl.SSLException;
import org.almosttls.testkit.Contexts;
import org.almosttls.testkit.EngineEnd;
import org.almosttls.testkit.EnginePair;
import org.almosttls.testkit.SocketPair;
import org.almosttls.testkit.TestCertificates;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** RFC 6066 §3 and RFC 7301 as JSSE has them: matchers of names, and functions that select a protocol. */
class NamesAndProtocolsTest {

    private static final int HOST_NAME = 0;
    private static final int PATIENCE_SECONDS = 30;

    private final List<String> asked = new ArrayList<>();

    private SNIMatcher matcher(int type, Predicate<String> matches) {
        return new SNIMatcher(type) {
            @Override
            public boolean matches(SNIServerName name) {
                var text = ((SNIHostName) name).getAsciiName();
                asked.add(text);
                return matches.test(text);
            }
        };
    }

    private static SSLEngine client(String name, String... protocols) {
        var engine = Contexts.client(Contexts.OURS).createSSLEngine(TestCertificates.HOST, 443);
        engine.setUseClientMode(true);
        var parameters = engine.getSSLParameters();
        parameters.setServerNames(name.isEmpty() ? List.of() : List.of(new SNIHostName(name)));
        parameters.setApplicationProtocols(protocols);
        engine.setSSLParameters(parameters);
        return engine;
    }

    private static SSLEngine server(SNIMatcher... matchers) {
        var engine = Contexts.with(Contexts.OURS, TestCertificates.rsaServer()).createSSLEngine();
        var parameters = engine.getSSLParameters();
        parameters.setSNIMatchers(List.of(matchers));
        engine.setSSLParameters(parameters);
        return engine;
    }

    private static SSLEngine selecting(BiFunction<SSLEngine, List<String>, String> selector) {
        var engine = Contexts.with(Contexts.OURS, TestCertificates.rsaServer()).createSSLEngine();
        engine.setHandshakeApplicationProtocolSelector(selector);
        return engine;
    }

    private static String refused(SSLEngine client, SSLEngine server) {
        var thrown = assertThrows(SSLException.class, () -> new EnginePair(client, server).handshake());
        return thrown.getMessage();
    }

    @Test
    void aNameThatTheMatcherMatchesIsServed() throws Exception {
        var server = server(matcher(HOST_NAME, "some.example"::equals));
        var pair = new EnginePair(client("some.example"), server).handshake();
        var session = (ExtendedSSLSession) pair.server().engine().getSession();
        assertEquals(List.of(new SNIHostName("some.example")), session.getRequestedServerNames());
        assertEquals(List.of("some.example"), asked);
    }

    @Test
    void aNameThatItDoesNotMatchIsUnrecognized() {
        var said = refused(client("some.example"), server(matcher(HOST_NAME, "other.example"::equals)));
        assertTrue(said.contains("some.example"), said);
    }

    @Test
    void matchersHaveNoSayOverClientsThatAskForNoName() throws Exception {
        new EnginePair(client(""), server(matcher(HOST_NAME, name -> false))).handshake();
        assertEquals(List.of(), asked);
    }

    @Test
    void aMatcherOfAnotherTypeHasNoSayOverHostNames() throws Exception {
        new EnginePair(client("some.example"), server(matcher(7, name -> false))).handshake();
        assertEquals(List.of(), asked);
    }

    @Test
    void aMatcherThatFailsEndsTheHandshakeAndNothingElse() {
        refused(client("some.example"), server(matcher(HOST_NAME, name -> {
            throw new IllegalStateException("no names today");
        })));
    }

    @Test
    void socketsAskMatchersToo() throws Exception {
        try (var pair = new SocketPair(
                Contexts.client(Contexts.OURS), Contexts.with(Contexts.OURS, TestCertificates.rsaServer()))) {
            var calling = pair.client().getSSLParameters();
            calling.setServerNames(List.of(new SNIHostName("some.example")));
            pair.client().setSSLParameters(calling);
            var answering = pair.server().getSSLParameters();
            answering.setSNIMatchers(List.of(matcher(HOST_NAME, "some.example"::equals)));
            pair.server().setSSLParameters(answering);
            pair.handshake();
            assertEquals(List.of("some.example"), asked);
        }
    }

    /** An application's code may take its time, or ask the engine something: nothing is locked meanwhile. */
    @Test
    void matchersAreAskedByADelegatedTaskWithTheEngineUnlocked() throws Exception {
        var begun = new CountDownLatch(1);
        var mayEnd = new CountDownLatch(1);
        staysUsable(client("some.example"), server(matcher(HOST_NAME, name -> waiting(begun, mayEnd))), begun, mayEnd);
    }

    @Test
    void selectorsAreAskedByADelegatedTaskWithTheEngineUnlocked() throws Exception {
        var begun = new CountDownLatch(1);
        var mayEnd = new CountDownLatch(1);
        var server = selecting((engine, offered) -> waiting(begun, mayEnd) ? "h2" : null);
        staysUsable(client("some.example", "h2"), server, begun, mayEnd);
    }

    private static boolean waiting(CountDownLatch begun, CountDownLatch mayEnd) {
        begun.countDown();
        try {
            return mayEnd.await(PATIENCE_SECONDS, TimeUnit.SECONDS);
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    private static void staysUsable(SSLEngine client, SSLEngine server, CountDownLatch begun, CountDownLatch mayEnd)
            throws Exception {
        server.setUseClientMode(false);
        var hello = ByteBuffer.wrap(new EngineEnd(client).wrapAll(new byte[0]));
        var result = server.unwrap(hello, ByteBuffer.allocate(1 << 14));
        assertEquals(HandshakeStatus.NEED_TASK, result.getHandshakeStatus());
        assertEquals(1, begun.getCount(), "nobody is asked before the task runs");
        var task = new Thread(server.getDelegatedTask());
        task.setDaemon(true);
        task.start();
        assertTrue(begun.await(PATIENCE_SECONDS, TimeUnit.SECONDS));
        // Would wait for the lock.
        assertEquals(0, server.unwrap(hello, ByteBuffer.allocate(1 << 14)).bytesConsumed());
        assertEquals(HandshakeStatus.NEED_TASK, server.getHandshakeStatus());
        mayEnd.countDown();
        task.join();
        assertEquals(HandshakeStatus.NEED_WRAP, server.getHandshakeStatus());
    }

    @Test
    void theSelectorSeesTheOfferInTheClientsOrderAndWhatIsKnown() throws Exception {
        var seen = new ArrayList<List<String>>();
        var pair = new EnginePair(client("some.example", "imap", "h2"), selecting((engine, offered) -> {
            seen.add(offered);
            var session = (ExtendedSSLSession) engine.getHandshakeSession();
            assertEquals(List.of(new SNIHostName("some.example")), session.getRequestedServerNames());
            assertTrue(session.getCipherSuite().startsWith("TLS_"));
            return "h2";
        }));
        pair.handshake();
        assertEquals(List.of(List.of("imap", "h2")), seen);
        assertEquals("h2", pair.client().engine().getApplicationProtocol());
        assertEquals("h2", pair.server().engine().getApplicationProtocol());
    }

    @Test
    void aSelectorThatSaysNullRefuses() {
        var said = refused(client("some.example", "h2"), selecting((engine, offered) -> null));
        assertTrue(said.contains("h2"), said);
    }

    @Test
    void aSelectorThatSaysSomethingElseRefuses() {
        refused(client("some.example", "h2"), selecting((engine, offered) -> "imap"));
    }

    @Test
    void aSelectorThatSaysNothingGoesOnWithout() throws Exception {
        var pair = new EnginePair(client("some.example", "h2"), selecting((engine, offered) -> "")).handshake();
        assertEquals("", pair.client().engine().getApplicationProtocol());
        assertEquals("", pair.server().engine().getApplicationProtocol());
    }

    /** RFC 8701 §3.2: a name that stands for nothing is one among others, for who selects to pass over. */
    @ParameterizedTest
    @ValueSource(strings = {"\u001a\u001a", "\u00fa\u00fa"})
    void namesThatStandForNothingReachTheSelectorAsTheyAre(String grease) throws Exception {
        var seen = new ArrayList<String>();
        var pair = new EnginePair(client("some.example", grease, "h2"), selecting((engine, offered) -> {
            seen.addAll(offered);
            return "h2";
        }));
        pair.handshake();
        assertEquals(Arrays.asList(grease, "h2"), seen);
    }

    @Test
    void aClientThatOffersNoProtocolHasNoSelectorAsked() throws Exception {
        new EnginePair(client("some.example"), selecting((engine, offered) -> {
                    throw new IllegalStateException("asked");
                }))
                .handshake();
    }
}
