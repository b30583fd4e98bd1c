package org.almosttls.handshake.tls13;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.Arrays;
import java.util.EnumSet;
import java.util.Set;
import java.util.stream.Stream;
import org.almosttls.alert.TlsAlertException;
import org.almosttls.alert.Violation;
import org.almosttls.config.ClientAuthentication;
import org.almosttls.message.EncodedMessage;
import org.almosttls.message.HelloRequest;
import org.almosttls.message.KeyUpdate;
import org.almosttls.registry.HandshakeType;
import org.almosttls.testkit.Expect;
import org.almosttls.testkit.Samples13;
import org.almosttls.testkit.StateEnd;
import org.almosttls.testkit.StateEnd.Flying;
import org.almosttls.testkit.StatePair;
import org.almosttls.testkit.TestCertificates;
import org.almosttls.testkit.Tls13;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** RFC 8446 §4: messages come in their order, each once, and none is left out. */
class OrderTest {

    private static final Set<HandshakeType> LAST = EnumSet.of(HandshakeType.CLIENT_HELLO, HandshakeType.FINISHED);

    private static StatePair pair() throws TlsAlertException {
        return new StatePair(
                Tls13.client(TestCertificates.ecClient()).build(),
                Tls13.server(TestCertificates.ecServer())
                        .asking(ClientAuthentication.NEED)
                        .build());
    }

    /** All that is said, by its type and by whom. */
    static Stream<Arguments> messages() {
        var byServer = Stream.of(
                HandshakeType.SERVER_HELLO,
                HandshakeType.ENCRYPTED_EXTENSIONS,
                HandshakeType.CERTIFICATE_REQUEST,
                HandshakeType.CERTIFICATE,
                HandshakeType.CERTIFICATE_VERIFY,
                HandshakeType.FINISHED);
        var byClient = Stream.of(
                HandshakeType.CLIENT_HELLO,
                HandshakeType.CERTIFICATE,
                HandshakeType.CERTIFICATE_VERIFY,
                HandshakeType.FINISHED);
        return Stream.concat(
                byServer.map(type -> Arguments.of(false, type)), byClient.map(type -> Arguments.of(true, type)));
    }

    /** Who has just received nothing but what comes before this message. */
    private static StatePair awaiting(boolean byClient, HandshakeType type) throws TlsAlertException {
        var pair = pair();
        while (!isNext(pair.end(byClient), type)) pair.deliverNext();
        return pair;
    }

    private static boolean isNext(StateEnd from, HandshakeType type) {
        var next = from.outbox().peek();
        return next != null && !next.isChangeCipherSpec() && next.bytes()[0] == type.code();
    }

    static Stream<Arguments> messagesBeforeOthers() {
        // Whoever has asked for a certificate is not told that it did not, but shown none.
        return messages()
                .filter(each -> !LAST.contains((HandshakeType) each.get()[1]))
                .filter(each -> each.get()[1] != HandshakeType.CERTIFICATE_REQUEST);
    }

    @ParameterizedTest(name = "by client: {0}, {1}")
    @MethodSource("messagesBeforeOthers")
    void noneIsLeftOut(boolean byClient, HandshakeType type) throws Exception {
        var pair = awaiting(byClient, type);
        pair.end(byClient).outbox().remove();
        Expect.violation(Violation.UNEXPECTED_MESSAGE, pair::handshake);
    }

    @ParameterizedTest(name = "by client: {0}, {1}")
    @MethodSource("messages")
    void noneComesTwice(boolean byClient, HandshakeType type) throws Exception {
        var pair = awaiting(byClient, type);
        var again = pair.end(byClient).outbox().element();
        var hears = pair.end(!byClient);
        hears.receive(again);
        Expect.violation(Violation.UNEXPECTED_MESSAGE, () -> hears.receive(again));
    }

    /** RFC 8446 §4.6.3. */
    @ParameterizedTest(name = "by client: {0}, before {1}")
    @MethodSource("messages")
    void noKeysAreUpdatedBeforeFinished(boolean byClient, HandshakeType type) throws Exception {
        if (type == HandshakeType.CLIENT_HELLO || type == HandshakeType.SERVER_HELLO) return;
        var hears = awaiting(byClient, type).end(!byClient);
        byte[] update = EncodedMessage.of(new KeyUpdate(false)).bytes();
        Expect.violation(Violation.UNEXPECTED_MESSAGE, () -> hears.receive(new Flying(update)));
    }

    /** RFC 8446 §4.1.2, §4.6: there is no renegotiation. */
    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void noHandshakeFollows(boolean byClient) throws Exception {
        var hears = pair().handshake().end(!byClient);
        byte[] message = EncodedMessage.of(byClient ? Samples13.clientHello() : new HelloRequest())
                .bytes();
        Expect.violation(Violation.UNEXPECTED_MESSAGE, () -> hears.receive(new Flying(message)));
    }

    /** RFC 8446 §4.5: servers never say it. */
    @Test
    void noEarlyDataEndsThatAClientIsSent() throws Exception {
        for (var type : Arrays.asList(HandshakeType.ENCRYPTED_EXTENSIONS, HandshakeType.FINISHED)) {
            var client = awaiting(false, type).client();
            byte[] end = EncodedMessage.of(Samples13.of(HandshakeType.END_OF_EARLY_DATA))
                    .bytes();
            Expect.violation(Violation.UNEXPECTED_MESSAGE, () -> client.receive(new Flying(end)));
        }
        var client = pair().handshake().client();
        byte[] end =
                EncodedMessage.of(Samples13.of(HandshakeType.END_OF_EARLY_DATA)).bytes();
        Expect.violation(Violation.UNEXPECTED_MESSAGE, () -> client.receive(new Flying(end)));
        assertEquals("Connected", client.state().getClass().getSimpleName());
    }
}
