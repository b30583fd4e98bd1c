package org.almosttls.delivery;

import static org.almosttls.testkit.SocketPair.await;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.IOException;
import java.net.Socket;
import java.security.Security;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.SSLParameters;
import javax.net.ssl.SSLSocket;
import org.almosttls.alert.AlertDescription;
import org.almosttls.alert.Violation;
import org.almosttls.event.TlsEvent.Failed;
import org.almosttls.registry.ContentType;
import org.almosttls.testkit.Contexts;
import org.almosttls.testkit.EngineOverSocket;
import org.almosttls.testkit.Mallory;
import org.almosttls.testkit.RawPair;
import org.almosttls.testkit.RecordingListener;
import org.almosttls.testkit.TestCertificates;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * RFC 5246 §7.2.2, RFC 8446 §6.2: whatever a peer does wrong, it reads one fatal alert with the right description and then the end of
 * the stream, though it has sent much that nobody has read, which would make the transport forget the alert.
 */
@Timeout(60)
class OneAlertTest {

    private static final String FRAGMENT_LENGTH_TOO = "jsse.enableMFLNExtension";
    private static final int MEGABYTES = 3_000_000;
    private static final String DISABLED = "jdk.tls.disabledAlgorithms";

    /** What no peer can do, or none on this machine. */
    private static final Map<Violation, String> OUT_OF_REACH = Map.of(
            Violation.SEQUENCE_EXHAUSTED,
            "it takes 2^64 records",
            Violation.INTERNAL,
            "it is ours",
            Violation.HEARTBEAT_UNANSWERED,
            "it is for a peer that says nothing at all, and takes its time",
            Violation.NOTHING_TO_OFFER,
            "it is the caller's, and nothing was said yet",
            Violation.TEXTBOOK_PEER_ELSEWHERE,
            "it needs a peer on another machine");

    private static final ExecutorService VICTIMS = Executors.newCachedThreadPool(work -> {
        var thread = new Thread(work);
        thread.setDaemon(true);
        return thread;
    });

    private static String disabled;

    @BeforeAll
    static void enableTheOldVersion() {
        // The platform reads the property once, and is to read it as it was.
        Contexts.client(Contexts.PLATFORM).createSSLEngine();
        System.setProperty(FRAGMENT_LENGTH_TOO, "true");
        disabled = Security.getProperty(DISABLED);
        Security.setProperty(DISABLED, "");
    }

    @AfterAll
    static void restore() {
        System.clearProperty(FRAGMENT_LENGTH_TOO);
        Security.setProperty(DISABLED, disabled);
        VICTIMS.shutdownNow();
    }

    static List<Misdeed> misdeeds() {
        return Stream.of(
                        RecordMisdeeds.all(),
                        HelloMisdeeds.all(),
                        AnswerMisdeeds.all(),
                        CertificateMisdeeds.all(),
                        KeyMisdeeds.all(),
                        LaterMisdeeds.all(),
                        Hello13Misdeeds.all(),
                        Answer13Misdeeds.all(),
                        Later13Misdeeds.all())
                .flatMap(each -> each)
                .toList();
    }

    @Test
    void everyViolationThatAPeerCanCommitIsCommitted() {
        var committed = misdeeds().stream().map(Misdeed::violation).collect(Collectors.toSet());
        var missing = EnumSet.allOf(Violation.class);
        missing.removeAll(committed);
        assertEquals(OUT_OF_REACH.keySet(), missing);
    }

    @ParameterizedTest
    @MethodSource("misdeeds")
    void theAlertArrivesOverASocket(Misdeed misdeed) throws Exception {
        arrives(misdeed, OneAlertTest::beOverASocket);
    }

    @ParameterizedTest
    @MethodSource("misdeeds")
    void theAlertArrivesFromAnEngine(Misdeed misdeed) throws Exception {
        arrives(misdeed, OneAlertTest::beAnEngine);
    }

    static Stream<Misdeed> longWinded() {
        return Stream.of(Terms.client(), Terms.server())
                .flatMap(terms -> Stream.of(
                        Misdeed.of(Violation.EMPTY_FRAGMENT, terms, OneAlertTest::talkOn),
                        Misdeed.of(
                                Violation.EMPTY_FRAGMENT,
                                terms,
                                mallory -> mallory.onceConnected(OneAlertTest::talkOn))));
    }

    private static void talkOn(Mallory mallory) throws Exception {
        mallory.say(ContentType.HANDSHAKE).goingOnFor(MEGABYTES);
    }

    /** Whoever is still talking hears the alert when they stop. */
    @ParameterizedTest
    @MethodSource("longWinded")
    void theAlertArrivesThoughThePeerTalksOn(Misdeed misdeed) throws Exception {
        arrives(misdeed, OneAlertTest::beOverASocket);
    }

    /** Handshakes and reads to the end, or until it throws, and is closed then. */
    @FunctionalInterface
    private interface Victim {
        void live(Terms terms, SSLContext context, Socket transport) throws IOException;
    }

    private static void arrives(Misdeed misdeed, Victim victim) throws Exception {
        var terms = misdeed.terms();
        var events = new RecordingListener();
        var context = terms.context(events);
        if (terms.acquainted())
            meet(
                    terms.strangers(),
                    victim,
                    context,
                    mallory -> mallory.onceConnected(
                            it -> it.say(ContentType.ALERT, (byte) 1, (byte) 0).goingOnFor(0)));
        var alerts = meet(terms, victim, context, misdeed.script());
        assertEquals(
                List.of(misdeed.violation()),
                events.all(Failed.class)
                        .map(failed -> failed.cause().violation())
                        .toList());
        var fatal = alerts.stream().filter(alert -> alert[0] == 2).toList();
        assertEquals(1, fatal.size(), "fatal alerts");
        assertArrayEquals(new byte[] {2, (byte) expected(misdeed).code()}, alerts.get(alerts.size() - 1));
    }

    private static AlertDescription expected(Misdeed misdeed) {
        boolean textbook = misdeed.terms().protocol().equals("AlmostTLS");
        return textbook ? AlertDescription.ALMOST_FAILURE : misdeed.violation().alert();
    }

    /** The alerts that Mallory reads before the end of the stream. */
    private static List<byte[]> meet(Terms terms, Victim victim, SSLContext context, Mallory.Script script)
            throws Exception {
        try (var raw = RawPair.open()) {
            var living = VICTIMS.submit((Callable<Boolean>) () -> {
                victim.live(terms, context, raw.server());
                return true;
            });
            var mallory = new Mallory(terms.mallory().build(), raw.client());
            script.run(mallory);
            mallory.run();
            raw.client().close();
            await(living);
            return mallory.alerts();
        }
    }

    private static void beOverASocket(Terms terms, SSLContext context, Socket transport) throws IOException {
        var factory = context.getSocketFactory();
        var socket = (SSLSocket)
                (terms.victimIsClient()
                        ? factory.createSocket(transport, TestCertificates.HOST, 443, true)
                        : factory.createSocket(transport, null, true));
        socket.setSSLParameters(wishes(terms, socket.getSSLParameters()));
        socket.setEnableSessionCreation(terms.makesSessions());
        terms.asks().accept(socket);
        try (socket) {
            socket.startHandshake();
            while (socket.getInputStream().read() >= 0) {}
        } catch (IOException refused) {
            // It is for the peer to be told.
        }
    }

    private static SSLParameters wishes(Terms terms, SSLParameters parameters) {
        terms.wishes().accept(parameters);
        return parameters;
    }

    private static void beAnEngine(Terms terms, SSLContext context, Socket transport) throws IOException {
        SSLEngine engine = context.createSSLEngine(TestCertificates.HOST, 443);
        engine.setUseClientMode(terms.victimIsClient());
        engine.setSSLParameters(wishes(terms, engine.getSSLParameters()));
        engine.setEnableSessionCreation(terms.makesSessions());
        terms.asks().accept(engine);
        var pump = new EngineOverSocket(engine, transport);
        try (transport) {
            try {
                pump.handshake();
                while (pump.read(new byte[100]) >= 0) {}
                pump.closeOutbound();
            } catch (IOException refused) {
                // It is for the peer to be told, who may have said more than was read.
            }
            transport.shutdownOutput();
            transport.getInputStream().readAllBytes();
        }
    }
}
