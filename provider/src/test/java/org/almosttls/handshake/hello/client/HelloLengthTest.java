package org.almosttls.handshake.hello.client;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import org.almosttls.alert.TlsAlertException;
import org.almosttls.alert.Violation;
import org.almosttls.config.OnRequest.Feature;
import org.almosttls.extension.ExtendedMasterSecret;
import org.almosttls.extension.Extension;
import org.almosttls.extension.Padding;
import org.almosttls.handshake.Action;
import org.almosttls.message.ClientHello;
import org.almosttls.message.EncodedMessage;
import org.almosttls.message.ServerHello;
import org.almosttls.registry.CipherSuite;
import org.almosttls.registry.ExtensionType;
import org.almosttls.testkit.Expect;
import org.almosttls.testkit.Hellos;
import org.almosttls.testkit.StateEnd;
import org.almosttls.testkit.StatePair;
import org.almosttls.testkit.TestCertificates;
import org.almosttls.testkit.TestConfig;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** RFC 7685: no ClientHello of 256 to 511 octets, and what goes for padding at either end. */
class HelloLengthTest {

    private static final CipherSuite ONE = CipherSuite.TLS_ECDHE_RSA_WITH_AES_128_GCM_SHA256;

    private static TestConfig client(int nameLength) {
        return TestConfig.client().suites(ONE).applicationProtocols("a".repeat(nameLength));
    }

    private static EncodedMessage hello(TestConfig config) throws TlsAlertException {
        return new StateEnd(config.build()).actions(Action.Send.class).get(0).message();
    }

    private static boolean isPadded(EncodedMessage hello) {
        return ((ClientHello) hello.message()).extensions().has(ExtensionType.PADDING);
    }

    /** Whatever the offer, with GREASE and without; 255 octets of name lead through all the lengths that matter. */
    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void noHelloHasALengthThatServersHangAt(boolean grease) throws Exception {
        var padded = new ArrayList<Integer>();
        for (int name = 1; name <= 255; name++) {
            var config = grease ? client(name).requesting(Feature.GREASE) : client(name);
            var hello = hello(config);
            int length = hello.bytes().length;
            assertTrue(length < 256 || length >= 512 && length <= 516, length + " octets");
            assertEquals(length >= 512, isPadded(hello));
            if (isPadded(hello)) padded.add(length);
        }
        assertEquals(512, padded.get(0));
        assertTrue(padded.size() > 100);
    }

    /** RFC 7685 §3: zero throughout; and last, and never empty, as browsers have it. */
    @Test
    void thePaddingIsZeroAndComesLast() throws Exception {
        var hello = (ClientHello) hello(client(200)).message();
        var all = hello.extensions().all();
        var padding = (Padding) all.get(all.size() - 1);
        assertTrue(padding.filling().length > 0);
        assertArrayEquals(new byte[padding.filling().length], padding.filling());
    }

    @Test
    void aShortHelloIsLeftAsItIs() throws Exception {
        assertFalse(isPadded(hello(client(1))));
    }

    @Test
    void aPaddedHelloNegotiatesAsAnyOther() throws Exception {
        var server = TestConfig.server(TestCertificates.rsaServer()).applicationProtocols("a".repeat(200));
        var pair = new StatePair(client(200).build(), server.build()).handshake();
        assertTrue(pair.server().session().isPresent());
    }

    /** RFC 7685 §3: the octets are the client's duty; a server neither judges nor echoes them. */
    @Test
    void theServerPassesOverPaddingWhateverIsInIt() throws Exception {
        var pair = new StatePair(
                client(1).build(),
                TestConfig.server(TestCertificates.rsaServer()).build());
        pair.changing(
                ClientHello.class, hello -> Hellos.extensions(hello, Hellos.plus(new Padding(new byte[] {1, 2, 3}))));
        Expect.violation(Violation.WRONG_FINISHED, pair::handshake);
        var answer = (ServerHello)
                pair.server().actions(Action.Send.class).get(0).message().message();
        assertFalse(answer.extensions().has(ExtensionType.PADDING));
        assertTrue(answer.extensions().find(ExtendedMasterSecret.class).isPresent());
    }

    @Test
    void aServerThatAnswersThePaddingIsRefused() throws Exception {
        answeringPadding(Violation.EXTENSION_MISPLACED, 200);
        answeringPadding(Violation.EXTENSION_NOT_OFFERED, 1);
    }

    private static void answeringPadding(Violation violation, int nameLength) throws TlsAlertException {
        Extension echo = new Padding(new byte[0]);
        var pair = new StatePair(
                client(nameLength).build(),
                TestConfig.server(TestCertificates.rsaServer()).build());
        pair.changing(ServerHello.class, hello -> Hellos.extensions(hello, Hellos.plus(echo)));
        Expect.violation(violation, pair::handshake);
    }
}
