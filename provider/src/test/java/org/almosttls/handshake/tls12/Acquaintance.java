package org.almosttls.handshake.tls12;

import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Arrays;
import java.util.List;
import java.util.function.Function;
import java.util.function.UnaryOperator;
import org.almosttls.alert.TlsAlertException;
import org.almosttls.crypto.Secret;
import org.almosttls.extension.Extension;
import org.almosttls.handshake.Action;
import org.almosttls.message.EncodedMessage;
import org.almosttls.message.HandshakeMessage;
import org.almosttls.message.ServerHello;
import org.almosttls.registry.HandshakeType;
import org.almosttls.testkit.FixedRandomness;
import org.almosttls.testkit.Hellos;
import org.almosttls.testkit.StateEnd;
import org.almosttls.testkit.StatePair;
import org.almosttls.testkit.TestCertificates;
import org.almosttls.testkit.TestConfig;
import org.almosttls.testkit.TestSessions;

/** A client and a server that remember their sessions from one handshake to the next. */
abstract class Acquaintance {

    static final UnaryOperator<TestConfig> SAME = config -> config;

    final TestSessions ofClient = new TestSessions();
    final TestSessions ofServer = new TestSessions();
    private long seed = 100;

    private TestConfig client() {
        return TestConfig.client(TestCertificates.ecClient())
                .sessions(ofClient)
                .with("randomness", new FixedRandomness(seed++));
    }

    private TestConfig server() {
        return TestConfig.server(TestCertificates.rsaServer())
                .sessions(ofServer)
                .with("randomness", new FixedRandomness(seed++));
    }

    StatePair pair(UnaryOperator<TestConfig> client, UnaryOperator<TestConfig> server) throws TlsAlertException {
        return new StatePair(
                client.apply(client()).build(), server.apply(server()).build());
    }

    StatePair pair() throws TlsAlertException {
        return pair(SAME, SAME);
    }

    static List<String> flown(StatePair pair) {
        return pair.flown().stream()
                .map(each -> each.isChangeCipherSpec()
                        ? "CHANGE_CIPHER_SPEC"
                        : HandshakeType.values()[ordinal(each.bytes()[0])].name())
                .toList();
    }

    private static int ordinal(byte code) {
        return Arrays.stream(HandshakeType.values())
                .filter(type -> type.code() == code)
                .findFirst()
                .orElseThrow()
                .ordinal();
    }

    static boolean isResumed(StatePair pair) {
        return !flown(pair).contains("SERVER_HELLO_DONE");
    }

    static ServerHello serverHello(StatePair pair) {
        return (ServerHello) sent(pair.server(), ServerHello.class).message();
    }

    static EncodedMessage sent(StateEnd end, Class<?> kind) {
        return end.actions(Action.Send.class).stream()
                .map(Action.Send::message)
                .filter(each -> kind.isInstance(each.message()))
                .findFirst()
                .orElseThrow();
    }

    static Function<ServerHello, HandshakeMessage> changing(UnaryOperator<List<Extension>> change) {
        return hello -> Hellos.extensions(hello, change);
    }

    static void assertErased(Secret secret) {
        assertTrue(isErased(secret));
    }

    static boolean isErased(Secret secret) {
        for (byte octet : secret.bytes()) if (octet != 0) return false;
        return true;
    }
}
