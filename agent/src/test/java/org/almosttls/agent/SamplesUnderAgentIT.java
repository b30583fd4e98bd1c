package org.almosttls.agent;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import sample.testkit.ChildJvm;
import sample.testkit.SampleApp;
import sample.testkit.SampleApp.Server;
import sample.testkit.SessionJson;

/** The sample applications as they are, in JVMs of their own: under the agent, and against others that are not. */
@Timeout(300)
class SamplesUnderAgentIT {

    @TempDir
    private static Path folder;

    private static Samples samples;
    private static Server underAgent;
    private static Server stock;

    @BeforeAll
    static void start() {
        samples = new Samples(folder, "", "AlmostTLS");
        underAgent = SampleApp.httpsServer(samples.agent(), samples.keys().serverEc());
        stock = SampleApp.httpsServer(List.of(), samples.keys().serverRsa());
    }

    @AfterAll
    static void stop() {
        underAgent.close();
        stock.close();
    }

    /** Of sessions between two ends of ours. */
    private static void assertPostQuantum(SessionJson session) {
        assertEquals("X25519MLKEM768", session.at("tls.curve"));
        assertEquals("true", session.at("almosttls.post_quantum"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"url-client", "http-client", "nio-client"})
    void aClientUnderTheAgentFetchesAPageFromAServerUnderTheAgent(String sample) {
        ChildJvm client = Samples.ended(
                SampleApp.start(samples.trusting(), sample, underAgent.address().toString()), 0);
        assertTrue(client.stdout().contains("protocol TLSv1.3\n"), client.stdout());
        SessionJson seenByClient = Samples.only(client);
        SessionJson seenByServer = Samples.next(underAgent);
        samples.assertEstablished("client", seenByClient);
        samples.assertEstablished("server", seenByServer);
        assertEquals(seenByClient.at("tls.cipher"), seenByServer.at("tls.cipher"));
        assertPostQuantum(seenByClient);
        assertPostQuantum(seenByServer);
    }

    @ParameterizedTest
    @ValueSource(strings = {"url-client", "http-client", "nio-client"})
    void aClientUnderTheAgentFetchesAPageFromAServerWithThePlatformsTls(String sample) {
        ChildJvm client = Samples.ended(
                SampleApp.start(samples.trusting(), sample, stock.address().toString()), 0);
        assertTrue(client.stdout().contains("protocol TLSv1.3\n"), client.stdout());
        samples.assertEstablished("client", Samples.only(client));
    }

    @ParameterizedTest
    @ValueSource(strings = {"url-client", "http-client", "nio-client"})
    void aClientWithThePlatformsTlsFetchesAPageFromAServerUnderTheAgent(String sample) {
        ChildJvm client = Samples.ended(
                SampleApp.start(
                        samples.keys().trustArguments(),
                        sample,
                        underAgent.address().toString()),
                0);
        assertTrue(client.stdout().contains("protocol TLSv1.3\n"), client.stdout());
        samples.assertEstablished("server", Samples.next(underAgent));
    }

    @ParameterizedTest
    @ValueSource(strings = {"url-client", "http-client"})
    void aMillionBytesArriveAsTheyWere(String sample) {
        String page = underAgent.address().resolve("/big?bytes=1000000").toString();
        String said = Samples.ended(SampleApp.start(samples.trusting(), sample, page), 0)
                .stdout();
        String alphabets = "abcdefghijklmnopqrstuvwxyz".repeat(40_000).substring(0, 1_000_000);
        assertTrue(said.endsWith("\n\n" + alphabets + "\n") || said.endsWith("\n\n" + alphabets), "not the million");
        samples.assertEstablished("server", Samples.next(underAgent));
    }

    @Test
    void aClientThatDoesNotTrustTheServerRefusesAndBothEndsKnowWhy() {
        ChildJvm client = Samples.ended(
                SampleApp.start(
                        samples.agent(), "url-client", underAgent.address().toString()),
                1);
        assertTrue(client.stderr().contains("PKIX path building failed"), client.stderr());
        SessionJson seenByClient = SessionJson.parse(client.stderr()
                .lines()
                .filter(Samples.SESSION.asPredicate())
                .findFirst()
                .orElseThrow());
        SessionJson seenByServer = Samples.next(underAgent);
        assertEquals("failure", seenByClient.at("event.outcome"));
        assertEquals("CERTIFICATE_UNTRUSTED", seenByClient.at("almosttls.diagnosis.code"));
        assertEquals("failure", seenByServer.at("event.outcome"));
        assertEquals("RECEIVED_UNKNOWN_CA", seenByServer.at("almosttls.diagnosis.code"));
    }

    @ParameterizedTest
    @CsvSource({"true, true", "true, false", "false, true"})
    void aChatIsHeldWhoeverIsUnderTheAgent(boolean hostUnderAgent, boolean guestUnderAgent) {
        List<String> forHost = hostUnderAgent ? samples.agent() : List.of();
        List<String> forGuest =
                guestUnderAgent ? samples.trusting() : samples.keys().trustArguments();
        try (Server host = SampleApp.chatServer(forHost, samples.keys().serverEc())) {
            ChildJvm guest = Samples.chatted(forGuest, host);
            if (guestUnderAgent) samples.assertEstablished("client", Samples.only(guest));
            if (hostUnderAgent) assertEquals("server", Samples.next(host).at("almosttls.role"));
        }
    }
}
