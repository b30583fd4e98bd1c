package org.almosttls.agent;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.channels.ClosedChannelException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.regex.Pattern;
import org.almosttls.agent.Target.Verb;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.condition.JRE;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import sample.testkit.Wiretap;

/** Whatever the agent was there for, it leaves a JVM that goes on as it was. */
@Timeout(1200)
class AttachRoundsIT {

    private static final int ROUNDS = 100;

    /** After so many, each mode has been in, with a key log and without; of the next so many none has one. */
    private static final int EACH_KIND = 6;

    @TempDir
    private Path folder;

    private HttpsPage page;

    @BeforeEach
    void makeKeys() throws Exception {
        page = new HttpsPage(folder);
        page.close();
    }

    private EchoServer server() throws Exception {
        return new EchoServer(folder.resolve("page.p12"));
    }

    private static void done(Target.Answer answer) {
        assertTrue(answer.done(), answer::toString);
    }

    /** The application's TLS, whoever does it. */
    private static void work(Target target, EchoServer server, String provider) throws Exception {
        assertEquals(provider, target.ask("open:" + server.port()));
        assertEquals("line", target.ask("echo:line"));
        assertEquals("left", target.ask("leave"));
    }

    @ParameterizedTest
    @CsvSource({
        "mode=install, AlmostTLS, javax.net.ssl.SSLContext",
        "mode=observe, SunJSSE, javax.net.ssl.SSLSocket",
        "mode=observe, SunJSSE, sun.security.ssl.SSLSocketImpl",
        "mode=observe, SunJSSE, sun.security.ssl.SSLSocketImpl$AppInputStream",
        "mode=observe, SunJSSE, sun.nio.ch.SocketChannelImpl",
        "upgrade=observe, AlmostTLS, java.net.Socket",
        "'upgrade=permissive,upgrade.ports=1', AlmostTLS, javax.net.ssl.SSLEngine",
        "'upgrade=permissive,upgrade.ports=1', AlmostTLS, java.nio.channels.spi.AbstractSelectableChannel"
    })
    void theClassesAreAsTheyWere(String mode, String provider, String hooked) throws Exception {
        try (EchoServer server = server();
                Target target = Target.start(folder, page.trustOptions())) {
            work(target, server, "SunJSSE");
            byte[] before = Witnessed.bytesOf(hooked, target, folder);
            done(target.tell(Verb.ATTACH, mode));
            work(target, server, provider);
            assertFalse(Arrays.equals(before, Witnessed.bytesOf(hooked, target, folder)));
            done(target.tell(Verb.DETACH, ""));
            assertArrayEquals(before, Witnessed.bytesOf(hooked, target, folder));
            work(target, server, "SunJSSE");
        }
    }

    @Test
    void soAreEnginesThatWereLookedAt() throws Exception {
        String hooked = "sun.security.ssl.SSLEngineImpl";
        try (Target target = Target.start(folder)) {
            target.ask("engineOfDefault");
            byte[] before = Witnessed.bytesOf(hooked, target, folder);
            done(target.tell(Verb.ATTACH, "upgrade=strict,upgrade.ports=1"));
            target.ask("engineOfDefault");
            assertFalse(Arrays.equals(before, Witnessed.bytesOf(hooked, target, folder)));
            done(target.tell(Verb.DETACH, ""));
            assertArrayEquals(before, Witnessed.bytesOf(hooked, target, folder));
        }
    }

    @Test
    void aConnectionThatIsWatchedGoesOnWhenTheWatcherLeaves() throws Exception {
        Path log = folder.resolve("log.jsonl");
        try (EchoServer server = server();
                Target target = Target.start(folder, page.trustOptions())) {
            done(target.tell(Verb.ATTACH, "mode=observe,log=" + log));
            assertEquals("SunJSSE", target.ask("open:" + server.port()));
            assertEquals("one", target.ask("echo:one"));
            done(target.tell(Verb.DETACH, ""));
            assertEquals("two", target.ask("echo:two"));
            done(target.tell(Verb.ATTACH, "mode=observe,log=" + log));
            assertEquals("three", target.ask("echo:three"));
            assertEquals("left", target.ask("leave"));
        }
        List<String> lines = Files.readAllLines(log);
        assertEquals(1, lines.size(), lines::toString);
        assertTrue(lines.get(0).contains("\"ended\":\"open_at_detach\""), lines::toString);
    }

    /** A channel would go on in plaintext, and is closed; nobody but its streams needs a socket's TLS. */
    @Test
    void ofConnectionsThatAreUpgradedSocketsStayTls() throws Exception {
        try (EchoServer server = server();
                var tap = new Wiretap(Integer.parseInt(server.port()), 4);
                Target target = Target.start(folder, page.trustOptions())) {
            done(target.tell(Verb.ATTACH, "upgrade=strict,upgrade.ports=" + tap.port()));
            assertEquals("open", target.ask("openPlain:" + tap.port()));
            assertEquals("first of all", target.ask("echoBySocket:first of all"));
            assertEquals("one by one", target.ask("echoByChannel:one by one"));
            done(target.tell(Verb.DETACH, ""));
            assertEquals("another one", target.ask("echoBySocket:another one"));
            assertEquals(ClosedChannelException.class.getName(), target.ask("echoByChannel:nothing at all"));
            for (String words : List.of("first", "one by", "another", "nothing")) assertFalse(tap.has(words), words);
            assertEquals("left", target.ask("leavePlain"));
            loadersLeft(target);
        }
    }

    @Test
    void aHundredRoundsLeaveNoLoaderNoThreadAndNoFileBehind() throws Exception {
        Path log = folder.resolve("log.jsonl");
        try (EchoServer server = server();
                Target target = Target.start(folder, page.trustOptions())) {
            work(target, server, "SunJSSE");
            String threads = target.ask("threadsNamed:");
            for (int round = 0; round < EACH_KIND; round++) round(round, target, server, log);
            // By now the JVM has what it keeps for whoever attaches: a socket, and the jars of who came.
            Witnessed.loadersIn(target, folder);
            List<String> files = files(target);
            long sockets = sockets(target);
            for (int round = EACH_KIND; round < ROUNDS; round++) round(round, target, server, log);
            long left = loadersLeft(target);
            assertEquals(files, files(target));
            // That of who has just attached is closed a little later than on the other side.
            while (sockets(target) > sockets) Thread.onSpinWait();
            assertTrue(files.stream().noneMatch(file -> file.matches(".*/(log\\.jsonl|keys\\.txt)")), files::toString);
            // The thread of a cleaner ends soon after the collector has had what it was for.
            while (cleaners(target) > left) Thread.onSpinWait();
            assertEquals(threads, target.ask("threadsNamed:").replaceAll("Attach Listener |Cleaner-\\d+ ", ""));
            assertEquals(List.of(), complaints(target));
        }
        // With each third round two connections, and one question whether the server speaks TLS.
        List<String> lines = Files.readAllLines(log);
        assertTrue(lines.size() >= ROUNDS, lines::toString);
        assertTrue(Files.readAllLines(folder.resolve("keys.txt")).size() >= ROUNDS / 4);
        assertEquals(
                List.of(),
                lines.stream().filter(line -> !line.contains("\"success\"")).toList());
    }

    private long loadersLeft(Target target) throws Exception {
        long left = Witnessed.loadersIn(target, folder);
        // Newer JVMs remember of the last one what they forget with the next.
        long most = JRE.currentVersionNumber() > 17 ? 1 : 0;
        assertTrue(left <= most, () -> left + " loaders");
        return left;
    }

    private static long cleaners(Target target) throws IOException {
        return Pattern.compile("Cleaner-\\d+")
                .matcher(target.ask("threadsNamed:"))
                .results()
                .count();
    }

    /** Each mode in its turn. */
    private static void round(int round, Target target, EchoServer server, Path log) throws Exception {
        boolean observes = round % 3 == 1;
        boolean upgrades = round % 3 == 2;
        String upgrade = "upgrade=permissive,upgrade.ports=" + server.port() + ",";
        done(target.tell(Verb.ATTACH, (observes ? "mode=observe," : upgrades ? upgrade : "") + "log=" + log));
        if (round % 12 < 6 && round % 2 == 1)
            done(target.tell(Verb.SET, "keylog=" + log.resolveSibling("keys.txt") + ",secrets=expose"));
        work(target, server, observes ? "SunJSSE" : "AlmostTLS");
        if (upgrades) assertEquals("plain", target.ask("plain:" + server.port()));
        done(target.tell(Verb.DETACH, ""));
        work(target, server, "SunJSSE");
    }

    private static List<String> complaints(Target target) throws IOException {
        return target.err().stream()
                .filter(line -> !line.contains("TLS was in use before the agent came"))
                .filter(line -> !line.contains("THE SECRETS OF ALL SESSIONS ARE WRITTEN"))
                .toList();
    }

    /** What the process has open, but for sockets; pipes have no name but a number. */
    private static List<String> files(Target target) throws IOException {
        return open(target).stream().filter(name -> !name.startsWith("socket:")).toList();
    }

    private static long sockets(Target target) throws IOException {
        return open(target).stream().filter(name -> name.startsWith("socket:")).count();
    }

    private static List<String> open(Target target) throws IOException {
        try (var open = Files.list(Path.of("/proc", Long.toString(target.pid()), "fd"))) {
            return open.map(AttachRoundsIT::nameOf)
                    .filter(name -> !name.isEmpty())
                    .sorted()
                    .toList();
        }
    }

    private static String nameOf(Path descriptor) {
        try {
            return Files.readSymbolicLink(descriptor).toString();
        } catch (IOException closed) {
            return "";
        }
    }
}
