package org.almosttls.real;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import sample.testkit.ChildJvm;
import sample.testkit.FreePort;
import sample.testkit.Wiretap;

/** Kafka in plaintext, broker, controller and clients, as it is and upgraded; somebody listens at both of its ports. */
@Timeout(300)
class PlainKafkaIT {

    private static final Duration PATIENCE = Duration.ofSeconds(120);
    private static final Pattern STARTED = Pattern.compile("^listening on (.*)$|^not listening: (.*)$");
    private static final int ATTEMPTS = 5;

    /** Which all of Kafka's software calls itself when it connects. */
    private static final String HEARD = "apache-kafka-java";

    @TempDir
    private Path folder;

    private Identities identities;
    private Wiretap brokerTap;
    private Wiretap controllerTap;

    @BeforeEach
    void tap() throws IOException {
        identities = Identities.in(folder);
        brokerTap = new Wiretap(0, 11);
        controllerTap = new Wiretap(0, 12);
    }

    @AfterEach
    void stop() throws IOException {
        brokerTap.close();
        controllerTap.close();
    }

    @Test
    void recordsComeBackInOrderAndNobodyHearsThem() throws Exception {
        String expected = exchange(Plaintext.AS_IT_IS);
        assertEquals("300 letters as they were written\n", expected);
        assertTrue(brokerTap.has(HEARD) && controllerTap.has(HEARD));
        assertEquals(expected, exchange(Plaintext.UPGRADED));
        for (String words : List.of(HEARD, "letters"))
            assertFalse(brokerTap.has(words) || controllerTap.has(words), words);
    }

    private String exchange(Plaintext plaintext) throws IOException {
        try (ChildJvm broker = startBroker(plaintext)) {
            Path own = identities.keys().client();
            String[] words = {"localhost:" + brokerTap.port(), "PLAINTEXT"};
            try (ChildJvm members = plaintext.start(identities, own, List.of(), "ordinary.messages.Members", words)) {
                assertEquals(0, members.waitFor(PATIENCE), members::stderr);
                broker.terminate();
                broker.waitFor(PATIENCE);
                if (plaintext == Plaintext.UPGRADED) assertAllOurs(members, broker);
                return members.stdout();
            }
        }
    }

    private static void assertAllOurs(ChildJvm members, ChildJvm broker) {
        Told told = Told.by(members, "client");
        assertTrue(told.count() > 1, members::stderr);
        assertTrue(told.isWithin(Told.byBothEnds(broker)), broker::stderr);
        assertTrue(
                Told.sessions(broker)
                        .anyMatch(session -> session.at("almosttls.role").equals("client")),
                broker::stderr);
    }

    private ChildJvm startBroker(Plaintext plaintext) throws IOException {
        for (int attempt = 1; attempt <= ATTEMPTS; attempt++) {
            int port = FreePort.find();
            int controller = FreePort.find();
            brokerTap.moveTo(port);
            controllerTap.moveTo(controller);
            String[] words = {
                Files.createTempDirectory(folder, "kafka").toString(),
                "localhost:" + port,
                "localhost:" + brokerTap.port(),
                "localhost:" + controller,
                "localhost:" + controllerTap.port()
            };
            Path own = identities.keys().either();
            ChildJvm jvm = plaintext.start(identities, own, List.of(), "ordinary.messages.PlainBroker", words);
            if (jvm.awaitLine(STARTED, PATIENCE).group(1) != null) return jvm;
            // Between our finding a port free and its taking it, somebody else may have.
            jvm.close();
        }
        throw new AssertionError("Kafka starts on none of " + ATTEMPTS + " free ports");
    }
}
