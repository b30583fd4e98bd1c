package org.almosttls.message;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.Arrays;
import java.util.EnumSet;
import java.util.Set;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.almosttls.alert.TlsAlertException;
import org.almosttls.alert.Violation;
import org.almosttls.extension.Extensions;
import org.almosttls.registry.HandshakeType;
import org.almosttls.registry.KeyExchange;
import org.almosttls.testkit.Expect;
import org.almosttls.testkit.Samples;
import org.almosttls.testkit.Samples13;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** What holds for every message alike: round trip, no shorter, no longer. */
class HandshakeMessagesTest {

    private static final Set<HandshakeType> ONLY_OF_13 = EnumSet.of(
            HandshakeType.END_OF_EARLY_DATA,
            HandshakeType.ENCRYPTED_EXTENSIONS,
            HandshakeType.KEY_UPDATE,
            HandshakeType.COMPRESSED_CERTIFICATE);

    /** A message and the decoder of its family. */
    static Stream<Arguments> messages() {
        return Stream.concat(
                olderMessages().map(message -> Arguments.of(message, decoderFor(message))),
                Samples13.all().map(message -> Arguments.of(message, HandshakeDecoder.TLS_1_3)));
    }

    private static Stream<HandshakeMessage> olderMessages() {
        return Stream.concat(
                Arrays.stream(HandshakeType.values())
                        .filter(type -> !ONLY_OF_13.contains(type))
                        .map(Samples::of),
                Stream.of(
                        Samples.clientKeyExchange(KeyExchange.RSA),
                        Samples.clientKeyExchange(KeyExchange.DHE),
                        Samples.dheServerKeyExchange()));
    }

    @ParameterizedTest
    @MethodSource("messages")
    void comesBackAsItWasSent(HandshakeMessage message, HandshakeDecoder decoder) throws TlsAlertException {
        var encoded = EncodedMessage.of(message);
        var decoded = decoder.decode(encoded.bytes());
        assertEquals(message.getClass(), decoded.getClass());
        assertArrayEquals(encoded.bytes(), EncodedMessage.of(decoded).bytes());
    }

    @ParameterizedTest
    @MethodSource("messages")
    void isMalformedWhenTheWholeIsCutAnywhere(HandshakeMessage message, HandshakeDecoder decoder) {
        byte[] whole = EncodedMessage.of(message).bytes();
        for (int length = 0; length < whole.length; length++) {
            assertMalformed(decoder, Arrays.copyOf(whole, length));
        }
    }

    @ParameterizedTest
    @MethodSource("messages")
    void isMalformedWhenItsBodyIsCutAnywhere(HandshakeMessage message, HandshakeDecoder decoder) {
        byte[] whole = EncodedMessage.of(message).bytes();
        IntStream.range(4, whole.length)
                .filter(length -> length != lengthWithoutExtensions(message))
                .forEach(length -> assertMalformed(decoder, resized(whole, length)));
    }

    @ParameterizedTest
    @MethodSource("messages")
    void isMalformedWithAnOctetTooMany(HandshakeMessage message, HandshakeDecoder decoder) {
        byte[] whole = EncodedMessage.of(message).bytes();
        assertMalformed(decoder, Arrays.copyOf(whole, whole.length + 1));
        assertMalformed(decoder, resized(whole, whole.length + 1));
    }

    @Test
    void anUnknownTypeIsUnexpectedAndNamed() {
        byte[] unknown = {99, 0, 0, 0};
        var thrown = Expect.violation(Violation.UNEXPECTED_MESSAGE, () -> HandshakeDecoder.HELLOS.decode(unknown));
        assertEquals("message that is not expected now: 0x63, handshake type 99", thrown.getMessage());
    }

    /** RFC 8446 §4.6.3: a message of TLS 1.3 only. */
    @Test
    void aTypeOfTheRegistryIsUnexpectedUnderItsName() {
        byte[] update = {24, 0, 0, 0};
        var decoder = HandshakeDecoder.tls12(KeyExchange.ECDHE);
        var thrown = Expect.violation(Violation.UNEXPECTED_MESSAGE, () -> decoder.decode(update));
        assertEquals("message that is not expected now: key_update, handshake type 24", thrown.getMessage());
    }

    @Test
    void onlyHellosCanBeReadBeforeAVersionIsAgreed() {
        var finished = EncodedMessage.of(Samples.of(HandshakeType.FINISHED)).bytes();
        Expect.violation(Violation.UNEXPECTED_MESSAGE, () -> HandshakeDecoder.HELLOS.decode(finished));
    }

    private static HandshakeDecoder decoderFor(HandshakeMessage message) {
        if (message instanceof Hello || message instanceof EncryptedMasterSecret) return HandshakeDecoder.ALMOST;
        if (message instanceof ClientKeyExchange.DhePublic || isDhe(message))
            return HandshakeDecoder.tls12(KeyExchange.DHE);
        var encrypted = message instanceof ClientKeyExchange.EncryptedPremasterSecret;
        return HandshakeDecoder.tls12(encrypted ? KeyExchange.RSA : KeyExchange.ECDHE);
    }

    private static boolean isDhe(HandshakeMessage message) {
        return message instanceof ServerKeyExchange exchange
                && exchange.params() instanceof ServerParams.ServerDhParams;
    }

    /** RFC 5246 §7.4.1.2: a hello may end before its extensions, so that one cut is another good message. */
    private static int lengthWithoutExtensions(HandshakeMessage message) {
        if (message instanceof ClientHello hello)
            return EncodedMessage.of(bare(hello)).bytes().length;
        if (message instanceof ServerHello hello)
            return EncodedMessage.of(bare(hello)).bytes().length;
        return -1;
    }

    private static ClientHello bare(ClientHello hello) {
        return new ClientHello(
                hello.legacyVersion(),
                hello.random(),
                hello.sessionId(),
                hello.cipherSuites(),
                hello.compressionMethods(),
                Extensions.ABSENT);
    }

    private static ServerHello bare(ServerHello hello) {
        return new ServerHello(
                hello.legacyVersion(),
                hello.random(),
                hello.sessionId(),
                hello.cipherSuite(),
                hello.compressionMethod(),
                Extensions.ABSENT);
    }

    /** The message cut or padded to {@code length} octets, with a header that agrees. */
    private static byte[] resized(byte[] whole, int length) {
        var resized = Arrays.copyOf(whole, length);
        resized[2] = (byte) (length - 4 >>> 8);
        resized[3] = (byte) (length - 4);
        return resized;
    }

    private static void assertMalformed(HandshakeDecoder decoder, byte[] bytes) {
        Expect.violation(Violation.MALFORMED_MESSAGE, () -> decoder.decode(bytes));
    }
}
