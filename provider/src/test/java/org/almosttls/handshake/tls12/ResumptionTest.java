package org.almosttls.handshake.tls12;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.function.UnaryOperator;
import org.almosttls.alert.Violation;
import org.almosttls.config.ClientAuthentication;
import org.almosttls.extension.RenegotiationInfo;
import org.almosttls.extension.ServerNames;
import org.almosttls.message.ClientHello;
import org.almosttls.message.ServerHello;
import org.almosttls.registry.CipherSuite;
import org.almosttls.registry.ExtensionType;
import org.almosttls.registry.HandshakeType;
import org.almosttls.testkit.Expect;
import org.almosttls.testkit.Hellos;
import org.almosttls.testkit.TestConfig;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** RFC 5246 §7.3: when a session is resumed, and when a full handshake makes a new one. */
class ResumptionTest extends Acquaintance {

    private static final CipherSuite GCM = CipherSuite.TLS_ECDHE_RSA_WITH_AES_128_GCM_SHA256;
    private static final CipherSuite CBC = CipherSuite.TLS_RSA_WITH_AES_128_CBC_SHA256;

    @Test
    void aFullHandshakeMakesASessionOf32RandomOctets() throws Exception {
        var first = pair().handshake();
        assertFalse(isResumed(first));
        byte[] id = first.server().session().orElseThrow().id();
        assertEquals(32, id.length);
        assertArrayEquals(id, first.client().session().orElseThrow().id());
        assertEquals(1, ofClient.kept().size());
        assertEquals(1, ofServer.kept().size());
        assertTrue(ofServer.kept()
                .get(0)
                .master()
                .matches(ofClient.kept().get(0).master().bytes()));
    }

    @Test
    void theNextHandshakeIsAbbreviated() throws Exception {
        var first = pair().handshake();
        var second = pair().handshake();
        assertEquals(
                List.of(
                        "CLIENT_HELLO",
                        "SERVER_HELLO",
                        "CHANGE_CIPHER_SPEC",
                        "FINISHED",
                        "CHANGE_CIPHER_SPEC",
                        "FINISHED"),
                flown(second));
        assertArrayEquals(
                first.server().session().orElseThrow().id(),
                second.client().session().orElseThrow().id());
        assertEquals(1, ofServer.kept().size());
        assertEquals(1, ofClient.kept().size());
    }

    @Test
    void bothEndsAreWhoTheyWereAndNoKeyWasExchanged() throws Exception {
        UnaryOperator<TestConfig> asking = server -> server.asking(ClientAuthentication.NEED);
        var first = pair(SAME, asking).handshake();
        var second = pair(SAME, asking).handshake();
        assertTrue(isResumed(second));
        for (boolean client : List.of(true, false)) {
            var before = first.end(client).session().orElseThrow();
            var after = second.end(client).session().orElseThrow();
            assertEquals(before.peerChain(), after.peerChain());
            assertEquals(before.localChain(), after.localChain());
            assertFalse(after.peerChain().isEmpty());
            assertEquals(before.created(), after.created());
            assertTrue(before.group().isPresent());
            assertEquals(Optional.empty(), after.group());
            assertEquals(Optional.empty(), after.scheme());
        }
    }

    @Test
    void theHelloThatResumesSaysNothingOfNamesAndCurves() throws Exception {
        pair().handshake();
        var types = serverHello(pair().handshake()).extensions().types();
        assertEquals(List.of(ExtensionType.EXTENDED_MASTER_SECRET, ExtensionType.RENEGOTIATION_INFO), types);
    }

    /** RFC 6066 §3: a server must not say it then, nor RFC 8422 §5.2 its points; some do. */
    @Test
    void aServerThatSaysThemAllTheSameIsBorne() throws Exception {
        pair().handshake();
        var second = pair().changing(
                        ServerHello.class,
                        changing(all -> Hellos.plus(PointFormats.ONLY_UNCOMPRESSED)
                                .apply(Hellos.plus(new ServerNames(List.of())).apply(all))));
        Expect.violation(Violation.WRONG_FINISHED, second::handshake);
    }

    @Test
    void renegotiationInfoIsEmptyOnceMore() throws Exception {
        pair().handshake();
        var second = pair().changing(ServerHello.class, changing(Hellos.with(new RenegotiationInfo(new byte[12]))));
        Expect.violation(Violation.WRONG_RENEGOTIATION_INFO, second::handshake);
    }

    @Test
    void theApplicationProtocolIsChosenAnew() throws Exception {
        pair(c -> c.applicationProtocols("h2"), s -> s.applicationProtocols("h2"))
                .handshake();
        var second = pair(c -> c.applicationProtocols("http/1.1"), s -> s.applicationProtocols("h2", "http/1.1"))
                .handshake();
        assertTrue(isResumed(second));
        assertEquals(
                Optional.of("http/1.1"), second.client().session().orElseThrow().applicationProtocol());
        var third = pair().handshake();
        assertEquals(Optional.empty(), third.server().session().orElseThrow().applicationProtocol());
    }

    /** RFC 7301 §3.2: also where a session could be resumed; its secret is not left lying around. */
    @Test
    void noCommonApplicationProtocolEndsAnAbbreviatedHandshakeToo() throws Exception {
        pair().handshake();
        var second = pair(c -> c.applicationProtocols("http/1.1"), s -> s.applicationProtocols("h2"));
        Expect.violation(Violation.NO_APPLICATION_PROTOCOL, second::handshake);
        assertErased(ofServer.handedOut().get(0).master());
    }

    /** RFC 7366: agreed by each pair of hellos. */
    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void encryptThenMacIsNegotiatedAnew(boolean atFirst) throws Exception {
        var without = new ExtensionType(0x0016);
        var cbc = (UnaryOperator<TestConfig>) client -> client.suites(CBC);
        pair(cbc, SAME).handshake();
        var second = pair(cbc, SAME);
        if (!atFirst)
            Expect.violation(
                    Violation.WRONG_FINISHED,
                    () -> second.changing(ClientHello.class, hello -> Hellos.extensions(hello, Hellos.without(without)))
                            .handshake());
        else second.handshake();
        assertEquals(atFirst, serverHello(second).extensions().has(ExtensionType.ENCRYPT_THEN_MAC));
    }

    @Test
    void anotherServerNameMeansAFullHandshake() throws Exception {
        pair().handshake();
        // The client does not even offer it.
        var second = pair(c -> c.serverName("other.example"), SAME).handshake();
        assertFalse(isResumed(second));
        assertEquals(0, ((ClientHello) sent(second.client(), ClientHello.class).message()).sessionId().length);
    }

    /** RFC 6066 §3: the server must not resume, whatever the client offers. */
    @Test
    void aServerDoesNotResumeUnderAnotherName() throws Exception {
        pair().handshake();
        var second = pair().changing(
                        ClientHello.class,
                        hello -> Hellos.extensions(hello, Hellos.with(new ServerNames(List.of("other.example")))));
        second.until(HandshakeType.SERVER_HELLO);
        assertNotEquals(0, serverHello(second).sessionId().length);
        assertFalse(Arrays.equals(
                ofServer.kept().get(0).session().id(), serverHello(second).sessionId()));
    }

    @Test
    void theCaseOfTheNameDoesNotCount() throws Exception {
        pair().handshake();
        assertTrue(isResumed(pair(c -> c.serverName("LOCALHOST"), SAME).handshake()));
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void aSuiteThatIsNoLongerEnabledIsNotResumed(boolean atClient) throws Exception {
        pair(c -> c.suites(GCM), SAME).handshake();
        UnaryOperator<TestConfig> other = config -> config.suites(CBC);
        var second = (atClient ? pair(other, SAME) : pair(c -> c.suites(GCM, CBC), other)).handshake();
        assertFalse(isResumed(second));
        assertEquals(CBC, second.client().session().orElseThrow().cipherSuite());
    }

    /** RFC 5246 §7.4.1.2: the client's list must have the session's suite; one that breaks this is not helped. */
    @Test
    void aServerDoesNotResumeASuiteThatIsNotOffered() throws Exception {
        pair(c -> c.suites(GCM), SAME).handshake();
        var second = pair(c -> c.suites(GCM, CBC), SAME)
                .changing(ClientHello.class, hello -> Hellos.suites(hello, List.of(CBC)));
        assertEquals(CBC, serverHello(second.until(HandshakeType.SERVER_HELLO)).cipherSuite());
    }

    @Test
    void aClientThatHasToProveItselfIsNotLetInByASessionWithoutProof() throws Exception {
        pair().handshake();
        var second = pair(SAME, s -> s.asking(ClientAuthentication.NEED)).handshake();
        assertFalse(isResumed(second));
        assertFalse(second.server().session().orElseThrow().peerChain().isEmpty());
        assertTrue(
                isResumed(pair(SAME, s -> s.asking(ClientAuthentication.NEED)).handshake()));
    }

    /** RFC 7627 §5.3, the server's side. What was without is not kept here, so that a test has to put it there. */
    @ParameterizedTest
    @CsvSource({"true, true, resumed", "false, true, full", "false, false, full", "true, false, refused"})
    void extendedMasterSecretStaysAsItWas(boolean before, boolean now, String outcome) throws Exception {
        pair().handshake();
        if (!before) ofServer.loosen();
        var second = pair();
        if (!now)
            second.changing(
                    ClientHello.class,
                    hello -> Hellos.extensions(hello, Hellos.without(ExtensionType.EXTENDED_MASTER_SECRET)));
        if (outcome.equals("refused")) {
            Expect.violation(Violation.EXTENDED_MASTER_SECRET_CHANGED, second::handshake);
            assertErased(ofServer.handedOut().get(0).master());
            return;
        }
        second.until(HandshakeType.SERVER_HELLO);
        boolean resumed = Arrays.equals(
                serverHello(second).sessionId(),
                ofServer.kept().get(0).session().id());
        assertEquals(outcome.equals("resumed"), resumed);
    }

    /** RFC 7627 §5.3, the client's side. */
    @Test
    void aServerThatResumesWithoutExtendedMasterSecretIsRefused() throws Exception {
        pair().handshake();
        var second = pair().changing(ServerHello.class, changing(Hellos.without(ExtensionType.EXTENDED_MASTER_SECRET)));
        Expect.violation(Violation.EXTENDED_MASTER_SECRET_CHANGED, second::handshake);
    }

    @Test
    void aSessionWithoutExtendedMasterSecretIsNotOffered() throws Exception {
        pair().handshake();
        ofClient.loosen();
        assertFalse(isResumed(pair().handshake()));
        assertEquals(List.of(), ofClient.handedOut());
    }

    /** RFC 7627 §5.3: such sessions should not be resumed, so that they need no name and no place. */
    @Test
    void aSessionWithoutExtendedMasterSecretIsNotKept() throws Exception {
        var pair = pair().changing(
                        ClientHello.class,
                        hello -> Hellos.extensions(hello, Hellos.without(ExtensionType.EXTENDED_MASTER_SECRET)));
        pair.until(HandshakeType.SERVER_HELLO);
        assertEquals(0, serverHello(pair).sessionId().length);
    }

    @Test
    void aServerThatResumesWithAnotherSuiteIsRefused() throws Exception {
        UnaryOperator<TestConfig> both = client -> client.suites(GCM, CBC);
        pair(both, SAME).handshake();
        var second = pair(both, SAME).changing(ServerHello.class, hello -> Hellos.suite(hello, CBC));
        Expect.violation(Violation.RESUMED_WITH_OTHER_SUITE, second::handshake);
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void withoutLeaveForNewSessionsOneMustBeResumed(boolean client) throws Exception {
        var store = client ? ofClient : ofServer;
        store.refuseNew();
        Expect.violation(Violation.NO_SESSION_TO_RESUME, () -> pair().handshake());
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void withoutLeaveForNewSessionsAnOldOneIsResumed(boolean client) throws Exception {
        pair().handshake();
        (client ? ofClient : ofServer).refuseNew();
        assertTrue(isResumed(pair().handshake()));
    }

    @Test
    void aServerThatForgotMakesANewSession() throws Exception {
        pair().handshake();
        ofServer.forget(ofServer.kept().get(0).session().id());
        assertFalse(isResumed(pair().handshake()));
        assertTrue(isResumed(pair().handshake()));
        ofServer.forget(ofServer.kept().get(0).session().id());
        ofClient.refuseNew();
        Expect.violation(Violation.NO_SESSION_TO_RESUME, () -> pair().handshake());
    }
}
