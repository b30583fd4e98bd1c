package org.almosttls.agent.upgrade;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.io.IOException;
import java.lang.reflect.Proxy;
import java.nio.ByteBuffer;
import java.nio.channels.Selector;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.SSLException;
import javax.net.ssl.SSLSession;
import ordinary.EngineMaker;
import org.almosttls.agent.options.UpgradeOptions.Mode;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What speaks for an application's own TLS, and what shows it. */
class OwnTlsTest {

    private static final byte[] ANSWER = {22, 3, 3, 0, 90, 2, 0, 0, 86};
    private static final byte[] ALERT = {21, 3, 3, 0, 2, 2, 10};
    private static final byte[] REQUEST = "GET / HTTP/1.1".getBytes(StandardCharsets.US_ASCII);

    @TempDir
    private Path folder;

    private LookedAtServer server;

    @BeforeEach
    void open() throws Exception {
        server = new LookedAtServer(Mode.PERMISSIVE, folder);
    }

    @AfterEach
    void close() throws IOException {
        server.close();
    }

    private static SSLEngine engine() throws Exception {
        SSLEngine engine = SSLContext.getDefault().createSSLEngine();
        engine.setUseClientMode(false);
        return engine;
    }

    /** Of which the server knows nothing yet. */
    private LookedAtServer.Client upgraded() throws Exception {
        LookedAtServer.Client client = server.accept();
        client.saysHello();
        assertEquals(true, client.isUpgraded());
        return client;
    }

    private List<String> own(String more) {
        return List.of(
                "AlmostTLS: left alone: server at port " + server.port() + "; TLS of the application's own" + more);
    }

    @Test
    void withoutASignAClientHelloIsOurs() throws Exception {
        LookedAtServer.Client client = server.accept();
        client.saysHello();
        assertEquals(true, client.isUpgraded());
        assertEquals(List.of(), server.told());
    }

    @Test
    void anEngineThatTheSameThreadMakesNextSpeaksForIt() throws Exception {
        LookedAtServer.Client client = server.accept();
        server.makes(engine());
        client.saysHello();
        assertEquals(false, client.isUpgraded());
        client.hears(ANSWER);
        assertEquals(own(""), server.told());
    }

    @Test
    void soDoesOneThatIsToldTheClientsAddressWhoeverMakesIt() throws Exception {
        LookedAtServer.Client client = server.accept();
        server.accept();
        SSLEngine engine = engine();
        int port = client.port();
        Thread other = new Thread(() -> server.makes(engine, "127.0.0.1", port));
        other.start();
        other.join();
        client.saysHello();
        assertEquals(false, client.isUpgraded());
    }

    @Test
    void oneOfAClientDoesNot() throws Exception {
        LookedAtServer.Client client = server.accept();
        SSLEngine engine = engine();
        engine.setUseClientMode(true);
        server.makes(engine);
        client.saysHello();
        assertEquals(true, client.isUpgraded());
    }

    @Test
    void oneOfAServerDoesBesideOneOfAClient() throws Exception {
        LookedAtServer.Client client = server.accept();
        SSLEngine toOthers = engine();
        SSLEngine own = engine();
        toOthers.setUseClientMode(true);
        server.makes(own);
        server.makes(toOthers);
        client.saysHello();
        assertEquals(false, client.isUpgraded());
    }

    @Test
    void noneDoesThatIsMadeForAnotherConnection() throws Exception {
        LookedAtServer.Client first = server.accept();
        LookedAtServer.Client second = server.accept();
        server.makes(engine());
        first.saysHello();
        second.saysHello();
        assertEquals(List.of(true, false), List.of(first.isUpgraded(), second.isUpgraded()));
    }

    @Test
    void noneDoesThatIsMadeOnceTheThreadHasLookedForMoreWork() throws Exception {
        LookedAtServer.Client client = server.accept();
        try (Selector selector = Selector.open()) {
            server.channels().isReady(selector);
        }
        server.makes(engine());
        client.saysHello();
        assertEquals(true, client.isUpgraded());
    }

    @Test
    void noneDoesThatHasAHandshakeWithSomebodyElse() throws Exception {
        LookedAtServer.Client client = server.accept();
        var session = (SSLSession) Proxy.newProxyInstance(
                getClass().getClassLoader(),
                new Class<?>[] {SSLSession.class},
                (proxy, method, none) -> "TLS_ANYTHING");
        SSLEngine engine = new PassingEngine(session);
        engine.setUseClientMode(false);
        server.makes(engine);
        client.saysHello();
        assertEquals(true, client.isUpgraded());
    }

    @Test
    void aReaderThatGoesOnToMakeAnEngineSpeaksForIt() throws Exception {
        LookedAtServer.Client client = server.accept();
        client.saysHello();
        assertEquals(false, new EngineMaker().readsAndMakes(client::isUpgraded));
    }

    @Test
    void soDoesOneThatGoesOnToBeginAHandshake() throws Exception {
        LookedAtServer.Client client = server.accept();
        client.saysHello();
        assertEquals(false, new EngineMaker().readsAndBegins(client::isUpgraded, engine()));
    }

    @Test
    void oneThatHasMadeItBeforeDoesNot() throws Exception {
        LookedAtServer.Client client = server.accept();
        client.saysHello();
        assertEquals(true, new EngineMaker().makesAndReads(client::isUpgraded));
    }

    @Test
    void oneThatMayHaveOneDoesNot() throws Exception {
        LookedAtServer.Client client = server.accept();
        client.saysHello();
        assertEquals(true, new EngineMaker().readsAndUses(client::isUpgraded));
    }

    @Test
    void oneThatIsGivenWhatWasDecryptedShowsItAndTheNextConnectionIsLeftAlone() throws Exception {
        LookedAtServer.Client first = upgraded();
        first.says(REQUEST);
        server.seen().unwraps(engine(), ByteBuffer.wrap(REQUEST));
        assertEquals(own(", of which one connection had to fail to show it"), server.told());
        LookedAtServer.Client second = server.accept();
        second.saysHello();
        assertEquals(false, second.isUpgraded());
        second.hears(ANSWER);
        assertEquals(1, server.told().size());
    }

    @Test
    void soDoesAnAlertInPlaintext() throws Exception {
        LookedAtServer.Client client = upgraded();
        client.says(REQUEST);
        client.hears(ALERT);
        assertEquals(own(", of which one connection had to fail to show it"), server.told());
    }

    @Test
    void whatAnEngineIsGivenLaterShowsNothing() throws Exception {
        LookedAtServer.Client client = upgraded();
        client.says(REQUEST);
        client.says(REQUEST);
        server.seen().unwraps(engine(), ByteBuffer.wrap(REQUEST));
        LookedAtServer.Client another = upgraded();
        another.says(REQUEST);
        another.hears(REQUEST);
        server.seen().unwraps(engine(), ByteBuffer.wrap(REQUEST));
        assertEquals(List.of(), server.told());
    }

    @Test
    void norDoesWhatAnEngineIsGivenThatIsNotTheSame() throws Exception {
        LookedAtServer.Client client = upgraded();
        client.says(REQUEST);
        server.seen().unwraps(engine(), ByteBuffer.wrap("GET /x HTTP/1.1".getBytes(StandardCharsets.US_ASCII)));
        server.seen().unwraps(engine(), ByteBuffer.wrap("GET".getBytes(StandardCharsets.US_ASCII)));
        assertEquals(List.of(), server.told());
    }

    @Test
    void whoAnswersAClientHelloInPlaintextIsToldOnceAndNotSuspectedAgain() throws Exception {
        for (int i = 0; i < 2; i++) {
            LookedAtServer.Client client = server.accept();
            server.makes(engine());
            client.saysHello();
            assertEquals(i > 0, client.isUpgraded());
            client.hears(REQUEST);
        }
        assertEquals(
                List.of("AlmostTLS: plaintext: server at port " + server.port()
                        + "; for one connection it looked as if it did TLS by itself, and that connection has failed"),
                server.told());
    }

    @Test
    void nobodyDoesSoWhereAllHasToBeTls() throws Exception {
        try (LookedAtServer strict = new LookedAtServer(Mode.STRICT, folder)) {
            LookedAtServer.Client client = strict.accept();
            strict.makes(engine());
            client.saysHello();
            assertEquals(false, client.isUpgraded());
            assertThrows(SSLException.class, () -> client.hears(REQUEST));
            assertEquals(false, client.isOpen());
        }
    }

    @Test
    void anEngineThatIsGivenTheClientHelloShowsItThoughItRefusesIt() throws Exception {
        LookedAtServer.Client client = server.accept();
        server.makes(engine());
        byte[] hello = client.saysHello();
        assertEquals(false, client.isUpgraded());
        server.seen().unwraps(engine(), new ByteBuffer[] {ByteBuffer.allocate(0), ByteBuffer.wrap(hello)});
        client.isLeft();
        assertEquals(own(""), server.told());
    }

    @Test
    void anAnswerShowsItWhereTooLittleOfAClientHelloWasSeen() throws Exception {
        LookedAtServer.Client client = server.accept();
        server.makes(engine());
        client.saysSomeOfAHello();
        assertEquals(false, client.isUpgraded());
        client.hears(Arrays.copyOf(ANSWER, 5));
        assertEquals(own(""), server.told());
    }

    @Test
    void whoClosesInsteadIsNotSuspectedAgain() throws Exception {
        for (int i = 0; i < 2; i++) {
            LookedAtServer.Client client = server.accept();
            server.makes(engine());
            client.saysHello();
            assertEquals(i > 0, client.isUpgraded());
            client.isLeft();
        }
        assertEquals(1, server.told().size());
    }

    @Test
    void otherTlsWithinOursIsNoneOfTheApplicationsInsteadOfIt() throws Exception {
        LookedAtServer.Client client = upgraded();
        byte[] hello = client.saysHello();
        client.read();
        server.seen().unwraps(engine(), ByteBuffer.wrap(hello));
        assertEquals(List.of(), server.told());
    }

    @Test
    void plaintextAtAPortOfItsOwnTlsIsRefusedAsEver() throws Exception {
        LookedAtServer.Client first = server.accept();
        server.makes(engine());
        first.saysHello();
        first.isUpgraded();
        first.hears(ANSWER);
        LookedAtServer.Client second = server.accept();
        second.says(REQUEST);
        assertEquals(2, server.told().size(), server.told()::toString);
    }
}
