package org.almosttls.message;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.Set;
import org.almosttls.alert.TlsAlertException;
import org.almosttls.alert.Violation;
import org.almosttls.registry.HandshakeType;
import org.almosttls.registry.KeyExchange;
import org.almosttls.testkit.Samples;
import org.almosttls.testkit.Samples13;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Whatever comes, a decoder answers with a message or with one of the violations of its grammar. */
class DecoderFuzzTest {

    private static final Set<Violation> GRAMMAR = Set.of(
            Violation.MALFORMED_MESSAGE,
            Violation.UNEXPECTED_MESSAGE,
            Violation.CURVE_NOT_NAMED,
            Violation.DUPLICATE_SERVER_NAME,
            Violation.HOST_NAME_INVALID,
            Violation.EXTENSION_MISPLACED,
            Violation.KEY_UPDATE_UNKNOWN);

    private static final List<HandshakeDecoder> DECODERS = List.of(
            HandshakeDecoder.HELLOS,
            HandshakeDecoder.ALMOST,
            HandshakeDecoder.TLS_1_3,
            HandshakeDecoder.tls12(KeyExchange.RSA),
            HandshakeDecoder.tls12(KeyExchange.DHE),
            HandshakeDecoder.tls12(KeyExchange.ECDHE));

    private final Random random = new Random(8446);

    @Test
    void noiseIsRefused() {
        for (int round = 0; round < 5_000; round++) {
            byte[] noise = new byte[random.nextInt(100)];
            random.nextBytes(noise);
            decodeEverywhere(noise);
        }
    }

    @ParameterizedTest
    @EnumSource(HandshakeType.class)
    void noiseUnderAProperHeaderIsRefusedOrTaken(HandshakeType type) {
        for (int round = 0; round < 1_000; round++) {
            byte[] message = new byte[4 + random.nextInt(120)];
            random.nextBytes(message);
            setHeader(message, type.code());
            decodeEverywhere(message);
        }
    }

    @ParameterizedTest
    @EnumSource(HandshakeType.class)
    void aMessageWithDamageIsRefusedOrTaken(HandshakeType type) {
        damage(EncodedMessage.of(Samples.of(type)).bytes());
    }

    private void damage(byte[] sound) {
        assertTrue(decodeEverywhere(sound) > 0);
        for (int round = 0; round < 1_000; round++) {
            byte[] damaged = Arrays.copyOf(sound, Math.max(4, sound.length + random.nextInt(5) - 2));
            for (int hits = random.nextInt(4); hits >= 0; hits--) {
                damaged[random.nextInt(damaged.length)] = (byte) random.nextInt();
            }
            setHeader(damaged, sound[0]);
            decodeEverywhere(damaged);
        }
    }

    @ParameterizedTest
    @EnumSource(HandshakeType.class)
    void aMessageOfTls13WithDamageIsRefusedOrTaken(HandshakeType type) {
        damage(EncodedMessage.of(Samples13.of(type)).bytes());
    }

    /** How many decoders took {@code bytes} for a message; any other exception than an alert fails the test. */
    private static int decodeEverywhere(byte[] bytes) {
        int taken = 0;
        for (var decoder : DECODERS) {
            try {
                var message = decoder.decode(bytes);
                assertEquals(bytes[0] & 0xFF, message.type().code());
                taken++;
            } catch (TlsAlertException e) {
                assertTrue(GRAMMAR.contains(e.violation()), e.getMessage());
            }
        }
        return taken;
    }

    private static void setHeader(byte[] message, int type) {
        int length = message.length - 4;
        message[0] = (byte) type;
        message[1] = (byte) (length >>> 16);
        message[2] = (byte) (length >>> 8);
        message[3] = (byte) length;
    }
}
