package org.almosttls.real;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.function.Function;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;
import sample.testkit.ChildJvm;
import sample.testkit.FreePort;

/** Kafka, broker and controller in one JVM, and its clients in others; only by name may they write and read. */
@Timeout(300)
class KafkaIT {

    private static final Duration PATIENCE = Duration.ofSeconds(120);
    private static final Pattern STARTED = Pattern.compile("^listening on (.*)$|^not listening: (.*)$");
    private static final int ATTEMPTS = 5;

    @TempDir
    private Path folder;

    @ParameterizedTest
    @EnumSource(Way.class)
    void recordsOfManySizesComeBackInOrderToAMemberAndStrangersAreRefused(Way way) throws Exception {
        Identities identities = Identities.in(folder);
        Broker broker = Broker.start(
                words -> way.start(identities.serverAndClient(), "ordinary.messages.Broker", words), folder);
        try (ChildJvm jvm = broker.jvm()) {
            exchange(way, identities.stranger(), broker, "refused: SslAuthenticationException");
            ChildJvm members = exchange(way, identities.client(), broker, "300 letters as they were written");
            jvm.terminate();
            jvm.waitFor(PATIENCE);
            assertTrue(Told.by(way, members, "client").isWithin(Told.byBothEnds(way, jvm)), jvm::stderr);
        }
    }

    /** Its ports are among those where plaintext becomes TLS. */
    @ParameterizedTest
    @ValueSource(strings = {"permissive", "strict"})
    void itsOwnTlsIsLeftAlone(String mode) throws Exception {
        Identities identities = Identities.in(folder);
        List<String> atBroker = Stream.of(
                        Plaintext.upgrade(mode, "1024-65535", identities.keys().serverEc()),
                        identities.serverAndClient())
                .flatMap(List::stream)
                .toList();
        Broker broker = Broker.start(
                words -> Plaintext.AS_IT_IS.start(
                        identities, identities.keys().either(), atBroker, "ordinary.messages.Broker", words),
                folder);
        try (ChildJvm jvm = broker.jvm();
                ChildJvm members = Plaintext.AS_IT_IS.start(
                        identities,
                        identities.keys().client(),
                        identities.client(),
                        "ordinary.messages.Members",
                        broker.address())) {
            assertEquals(0, members.waitFor(PATIENCE), members::stderr);
            assertEquals("300 letters as they were written\n", members.stdout(), jvm::stderr);
            String port = broker.address().replaceFirst(".*:", "");
            assertEquals(
                    1,
                    jvm.stderr()
                            .lines()
                            .filter(line -> line.equals(
                                    "AlmostTLS: left alone: server at port " + port + "; TLS of the application's own"))
                            .count(),
                    jvm::stderr);
        }
    }

    /** Gives back the JVM, which has ended. */
    private static ChildJvm exchange(Way way, List<String> identity, Broker broker, String outcome) {
        try (ChildJvm members = way.start(identity, "ordinary.messages.Members", broker.address())) {
            assertEquals(0, members.waitFor(PATIENCE), members::stderr);
            assertEquals(List.of(outcome), members.stdout().lines().toList(), members::stderr);
            return members;
        }
    }

    /** Kafka where it is told to listen. */
    private record Broker(ChildJvm jvm, String address) {

        static Broker start(Function<String[], ChildJvm> start, Path folder) throws IOException {
            for (int attempt = 1; attempt <= ATTEMPTS; attempt++) {
                String address = "localhost:" + FreePort.find();
                String[] words = {
                    Files.createTempDirectory(folder, "kafka").toString(), address, "localhost:" + FreePort.find()
                };
                ChildJvm jvm = start.apply(words);
                if (jvm.awaitLine(STARTED, PATIENCE).group(1) != null) return new Broker(jvm, address);
                // Between our finding a port free and its taking it, somebody else may have.
                jvm.close();
            }
            throw new AssertionError("Kafka starts on none of " + ATTEMPTS + " free ports");
        }
    }
}
