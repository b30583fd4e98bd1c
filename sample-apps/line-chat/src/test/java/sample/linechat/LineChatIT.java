package sample.linechat;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import sample.testkit.ChildJvm;
import sample.testkit.Readme;
import sample.testkit.SampleApp;
import sample.testkit.ThrowAwayKeys;

/** The built jar in JVMs of their own, one server and its clients, under the stock provider. */
@Timeout(180)
class LineChatIT {

    private static final Duration PATIENCE = Duration.ofSeconds(60);
    private static final int SIGTERM = 128 + 15;

    @TempDir
    static Path folder;

    private static ThrowAwayKeys keys;
    private static SampleApp.Server server;

    @BeforeAll
    static void start() {
        keys = ThrowAwayKeys.in(folder);
        server = SampleApp.chatServer(List.of(), keys.serverRsa());
    }

    @AfterAll
    static void stop() {
        server.close();
    }

    @ParameterizedTest
    @ValueSource(strings = {"TLSv1.2", "TLSv1.3"})
    void allHearWhatOneSays(String protocol) {
        try (var ann = client(server, "Ann", "-Djdk.tls.client.protocols=" + protocol);
                var bob = client(server, "Bob", "-Djdk.tls.client.protocols=" + protocol)) {
            hears(ann, "* Ann is here");
            hears(bob, "* Bob is here");
            ann.stdin().println("hello");
            hears(ann, "Ann: hello");
            hears(bob, "Ann: hello");
            ann.stdin().close();
            assertEquals(0, ann.waitFor(PATIENCE), ann::stderr);
            hears(bob, "* Ann is gone");
        }
    }

    @Test
    void endsForAllWhenTheServerStops() {
        try (var started = SampleApp.chatServer(List.of(), keys.serverEc(), "--until-eof");
                var ann = client(started, "Ann")) {
            hears(ann, "* Ann is here");
            started.jvm().stdin().close();
            assertEquals(0, started.jvm().waitFor(PATIENCE));
            assertEquals("", started.jvm().stderr());
            assertEquals(0, ann.waitFor(PATIENCE), ann::stderr);
        }
    }

    @Test
    void endsForAllOnSigterm() {
        try (var started = SampleApp.chatServer(List.of(), keys.serverRsa());
                var ann = client(started, "Ann")) {
            hears(ann, "* Ann is here");
            started.jvm().terminate();
            assertEquals(SIGTERM, started.jvm().waitFor(PATIENCE));
            assertEquals(0, ann.waitFor(PATIENCE), ann::stderr);
        }
    }

    @Test
    void servesWithTheJvmsOwnKeyStore() {
        var jvm = SampleApp.start(ThrowAwayKeys.keyArguments(keys.serverEc()), "line-chat", "server", "--port", "0");
        try (var started = SampleApp.await(jvm);
                var ann = client(started, "Ann")) {
            hears(ann, "* Ann is here");
        }
    }

    @Test
    void aClientThatDoesNotTrustTheServerHarmsNobodyElse() {
        String port = Integer.toString(server.port());
        try (var stranger = SampleApp.start(List.of(), "line-chat", "client", "localhost", port);
                var bob = client(server, "Bob")) {
            assertEquals(1, stranger.waitFor(PATIENCE));
            assertTrue(stranger.stderr().contains("PKIX path building failed"), stranger.stderr());
            hears(bob, "* Bob is here");
        }
    }

    @Test
    void refusesACertificateOfAnotherName() {
        try (var started = SampleApp.chatServer(List.of(), keys.serverOfAnotherName());
                var ann = client(started, "Ann")) {
            assertEquals(1, ann.waitFor(PATIENCE));
            assertTrue(ann.stderr().contains("No subject alternative DNS name matching localhost"), ann.stderr());
        }
    }

    @Test
    void tellsHowToUseIt() {
        for (String args : List.of("", "listen", "server --bogus", "client localhost", "client localhost port")) {
            try (var jvm = SampleApp.start(List.of(), "line-chat", args.split(" "))) {
                assertEquals(2, jvm.waitFor(PATIENCE));
                assertTrue(jvm.stderr().contains("usage: line-chat server"), jvm.stderr());
            }
        }
    }

    @Test
    void theReadmesCommandsAreTrue() throws IOException {
        Files.copy(keys.serverRsa(), folder.resolve("server.p12"));
        var commands = Readme.commands("java", "line-chat.jar");
        try (var started = SampleApp.await(ChildJvm.start(Readme.retold(commands.get(0), folder, 0)));
                var ann = ChildJvm.start(Readme.retold(commands.get(1), folder, started.port()))) {
            hears(ann, "* Ann is here");
        }
    }

    private static ChildJvm client(SampleApp.Server server, String name, String... jvmArgs) {
        List<String> words = Stream.concat(keys.trustArguments().stream(), Stream.of(jvmArgs))
                .toList();
        String port = Integer.toString(server.port());
        return SampleApp.start(words, "line-chat", "client", "localhost", port, "--name", name);
    }

    private static void hears(ChildJvm client, String line) {
        client.awaitLine(Pattern.compile("^" + Pattern.quote(line) + "$"), PATIENCE);
    }
}
