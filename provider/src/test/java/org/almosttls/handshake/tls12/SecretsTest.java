package org.almosttls.handshake.tls12;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.HexFormat;
import java.util.List;
import java.util.stream.Stream;
import org.almosttls.alert.TlsAlertException;
import org.almosttls.crypto.Secret;
import org.almosttls.handshake.Action;
import org.almosttls.handshake.Completion;
import org.almosttls.handshake.Received;
import org.almosttls.message.ClientHello;
import org.almosttls.message.EncodedMessage;
import org.almosttls.message.Finished;
import org.almosttls.record.HandshakeReassembler;
import org.almosttls.registry.CipherSuite;
import org.almosttls.registry.HandshakeType;
import org.almosttls.testkit.SpiedCrypto;
import org.almosttls.testkit.StateEnd;
import org.almosttls.testkit.StatePair;
import org.almosttls.testkit.TestCertificates;
import org.almosttls.testkit.TestConfig;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Secrets live no longer than they must, however the handshake ends, and leave by one door in time. */
class SecretsTest {

    private final SpiedCrypto clientCrypto = new SpiedCrypto();
    private final SpiedCrypto serverCrypto = new SpiedCrypto();

    static Stream<CipherSuite> suites() {
        return Stream.of(
                CipherSuite.TLS_ECDHE_RSA_WITH_AES_128_GCM_SHA256, CipherSuite.TLS_RSA_WITH_AES_128_CBC_SHA256);
    }

    @ParameterizedTest
    @MethodSource("suites")
    void nothingIsLeftOfASuccessfulHandshake(CipherSuite suite) throws Exception {
        var pair = pair(suite).handshake();
        assertErased(pair.client().secret().secret());
        assertErased(pair.server().secret().secret());
        assertAllErased(clientCrypto);
        assertAllErased(serverCrypto);
    }

    @ParameterizedTest
    @MethodSource("suites")
    void nothingIsLeftOfAHandshakeThatIsGivenUpAtTheEnd(CipherSuite suite) throws Exception {
        var pair = pair(suite).until(HandshakeType.FINISHED);
        assertFalse(isErased(pair.server().secret().secret()));
        pair.client().state().close();
        pair.server().state().close();
        assertAllErased(clientCrypto);
        assertAllErased(serverCrypto);
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void nothingIsLeftWhenFinishedIsWrong(boolean client) throws Exception {
        var pair = pair(CipherSuite.TLS_ECDHE_RSA_WITH_AES_128_GCM_SHA256).until(HandshakeType.FINISHED);
        if (client) pair.deliverNext();
        pair.changing(Finished.class, finished -> new Finished(new byte[12]));
        try {
            pair.handshake();
        } catch (TlsAlertException wrongFinished) {
            pair.end(client).state().close();
        }
        assertAllErased(client ? clientCrypto : serverCrypto);
    }

    @Test
    void theServersKeyPairIsErasedWhenTheClientNeverAnswers() throws Exception {
        var pair = pair(CipherSuite.TLS_ECDHE_RSA_WITH_AES_128_GCM_SHA256).until(HandshakeType.SERVER_HELLO_DONE);
        assertEquals(1, serverCrypto.agreementsOpen());
        pair.server().state().close();
        assertEquals(0, serverCrypto.agreementsOpen());
    }

    @Test
    void theClientsWorkIsErasedWhenNobodyTakesIt() throws Exception {
        var pair = pair(CipherSuite.TLS_ECDHE_RSA_WITH_AES_128_GCM_SHA256).until(HandshakeType.SERVER_HELLO_DONE);
        workOn(pair.client(), pair.server().outbox().peek()).close();
        assertAllErased(clientCrypto);
    }

    @Test
    void theServersWorkIsErasedWhenNobodyTakesIt() throws Exception {
        var pair = pair(CipherSuite.TLS_ECDHE_RSA_WITH_AES_128_GCM_SHA256).until(HandshakeType.CLIENT_KEY_EXCHANGE);
        workOn(pair.server(), pair.client().outbox().peek()).close();
        assertAllErased(serverCrypto);
    }

    private static Completion workOn(StateEnd end, StateEnd.Flying flying) throws TlsAlertException {
        var message = end.decoder().decode(flying.bytes());
        var received = new Received(message, flying.bytes(), new HandshakeReassembler()::aligned);
        var actions = end.state().receive(received).actions();
        return ((Action.Delegate) actions.get(0)).work().run();
    }

    /** RFC 5246 §7.4.2: a server's flight holds a key pair from when it is made. */
    @Test
    void theServersFlightIsErasedWhenNobodyTakesIt() throws Exception {
        var pair = pair(CipherSuite.TLS_ECDHE_RSA_WITH_AES_128_GCM_SHA256);
        workOn(pair.server(), pair.client().outbox().peek()).close();
        assertEquals(0, serverCrypto.agreementsOpen());
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void theMasterSecretIsToldBeforeAnythingIsProtectedByIt(boolean client) throws Exception {
        var pair = pair(CipherSuite.TLS_ECDHE_RSA_WITH_AES_128_GCM_SHA256).handshake();
        var actions = pair.end(client).actions();
        int told = indexOf(actions, Action.Report.class);
        assertTrue(told < indexOf(actions, Action.ProtectReads.class));
        assertTrue(told < indexOf(actions, Action.ProtectWrites.class));
        var secret = pair.end(client).secret();
        assertEquals("CLIENT_RANDOM", secret.label());
        var hello = (ClientHello) sent(pair.client()).message();
        assertArrayEquals(hello.random(), secret.clientRandom());
    }

    @ParameterizedTest
    @ValueSource(strings = {"CERTIFICATE", "CLIENT_KEY_EXCHANGE", "FINISHED"})
    void noStatePrintsASecret(HandshakeType next) throws Exception {
        var pair = pair(CipherSuite.TLS_ECDHE_RSA_WITH_AES_128_GCM_SHA256).until(next);
        for (var crypto : List.of(clientCrypto, serverCrypto)) {
            for (var secret : crypto.secrets()) {
                var hex = HexFormat.of().formatHex(secret.bytes());
                assertFalse(pair.client().state().toString().contains(hex));
                assertFalse(pair.server().state().toString().contains(hex));
            }
        }
    }

    private static EncodedMessage sent(StateEnd end) {
        return end.actions(Action.Send.class).get(0).message();
    }

    private static int indexOf(List<Action> actions, Class<? extends Action> kind) {
        return actions.stream().map(Object::getClass).toList().indexOf(kind);
    }

    private StatePair pair(CipherSuite suite) throws TlsAlertException {
        return new StatePair(
                TestConfig.client()
                        .suites(suite)
                        .with("crypto", clientCrypto.backend())
                        .build(),
                TestConfig.server(TestCertificates.rsaServer())
                        .with("crypto", serverCrypto.backend())
                        .build());
    }

    private static void assertAllErased(SpiedCrypto crypto) {
        assertFalse(crypto.secrets().isEmpty());
        crypto.secrets().forEach(SecretsTest::assertErased);
        assertEquals(0, crypto.agreementsOpen());
    }

    private static void assertErased(Secret secret) {
        assertTrue(isErased(secret), secret + " still holds something");
    }

    private static boolean isErased(Secret secret) {
        for (byte octet : secret.bytes()) if (octet != 0) return false;
        return true;
    }
}
