package org.almosttls.real;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import sample.testkit.ChildJvm;

/** RMI and JMX over TLS, from one JVM to another, by the default contexts of both. */
@Timeout(300)
class RemoteIT {

    private static final Duration PATIENCE = Duration.ofSeconds(120);
    private static final Pattern JMX = Pattern.compile("^jmx (.*)$");
    private static final Pattern LISTENING = Pattern.compile("^listening on (\\d+) and (\\d+)$");

    @TempDir
    private Path folder;

    @ParameterizedTest
    @EnumSource(Way.class)
    void objectsAreCalledWithAndWithoutACertificateAndTheOtherJvmIsAsked(Way way) {
        Identities identities = Identities.in(folder);
        try (ChildJvm server = way.start(identities.server(), "ordinary.remote.RemoteServer")) {
            String jmx = server.awaitLine(JMX, PATIENCE).group(1);
            MatchResult ports = server.awaitLine(LISTENING, PATIENCE);
            Told byClient = callAndAsk(way, identities, server.pid(), ports.group(1), ports.group(2), jmx);
            server.terminate();
            server.waitFor(PATIENCE);
            // In its last moments the client says goodbye on connections that it cannot tell of any more, or leaves
            // amid.
            assertTrue(byClient.isWithin(Told.byBothEnds(way, server)), server::stderr);
            Told.assertEachOnceAndPlaced(server);
        }
    }

    private static Told callAndAsk(Way way, Identities identities, long pid, String... addresses) {
        try (ChildJvm client = way.start(identities.client(), "ordinary.remote.RemoteClient", addresses)) {
            assertEquals(0, client.waitFor(PATIENCE), client::stderr);
            List<String> wanted = List.of("rmi hello there and all back", "rmi hello there and all back", "jmx " + pid);
            assertEquals(wanted, client.stdout().lines().toList());
            Told told = Told.by(way, client, "client");
            Told.assertEachOnceAndPlaced(client);
            assertTrue(told.count() >= 3, client::stderr);
            return told;
        }
    }
}
