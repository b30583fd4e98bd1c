package org.almosttls.delivery;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.almosttls.alert.Violation;
import org.almosttls.registry.CipherSuite;
import org.almosttls.registry.ContentType;
import org.almosttls.registry.HandshakeType;
import org.almosttls.registry.ProtocolVersion;
import org.almosttls.testkit.Mallory;
import org.almosttls.testkit.Mallory.Script;

/** What can be wrong with records: before anything else, amid a handshake in the clear, and under keys. */
final class RecordMisdeeds {

    private static final CipherSuite CBC =
            CipherSuite.named("TLS_ECDHE_RSA_WITH_AES_128_CBC_SHA").orElseThrow();

    /** When it happens. */
    private enum Time {
        FIRST,
        AMID,
        UNDER_KEYS;

        Script script(boolean victimIsClient, Script misdeed) {
            // The first message of a flight that is not the first.
            var instead = victimIsClient ? HandshakeType.CERTIFICATE : HandshakeType.CLIENT_KEY_EXCHANGE;
            return switch (this) {
                case FIRST -> misdeed;
                case AMID -> mallory -> mallory.insteadOf(instead, misdeed);
                case UNDER_KEYS -> mallory -> mallory.onceConnected(misdeed);
            };
        }
    }

    private RecordMisdeeds() {}

    static Stream<Misdeed> all() {
        return Stream.of(Terms.client(), Terms.server()).flatMap(RecordMisdeeds::all);
    }

    private static Stream<Misdeed> all(Terms terms) {
        var old = terms.speaking(ProtocolVersion.TLS_1_1, CBC);
        return Stream.of(
                        first(new Scene(Time.FIRST, terms)),
                        later(new Scene(Time.AMID, terms), "in the clear"),
                        later(new Scene(Time.UNDER_KEYS, terms), "under AES-GCM"),
                        later(new Scene(Time.UNDER_KEYS, terms.suites(CBC)), "under AES-CBC"),
                        later(new Scene(Time.AMID, old), "in the clear, TLS 1.1"),
                        later(new Scene(Time.UNDER_KEYS, old), "under keys of TLS 1.1"))
                .flatMap(each -> each);
    }

    /** Where it happens. */
    private record Scene(Time time, Terms terms) {

        Misdeed of(Violation violation, Script script) {
            return Misdeed.of(violation, terms, time.script(terms.victimIsClient(), script));
        }

        Misdeed saying(Violation violation, ContentType type, int... content) {
            return of(violation, it -> it.say(type, bytes(content)));
        }

        /** Of the record version; the first record may have any. */
        int minorVersion() {
            boolean old = terms.mallory().build().versions().equals(List.of(ProtocolVersion.TLS_1_1));
            return time == Time.FIRST ? 1 : old ? 2 : 3;
        }

        /** The type of a message that the victim would take. */
        int expected() {
            var type = switch (time) {
                case FIRST -> terms.victimIsClient() ? HandshakeType.SERVER_HELLO : HandshakeType.CLIENT_HELLO;
                case AMID -> terms.victimIsClient() ? HandshakeType.CERTIFICATE : HandshakeType.CLIENT_KEY_EXCHANGE;
                case UNDER_KEYS -> terms.victimIsClient() ? HandshakeType.HELLO_REQUEST : HandshakeType.CLIENT_HELLO;
            };
            return type.code();
        }
    }

    /** What can only be wrong in the first record, and what can be wrong in it too. */
    private static Stream<Misdeed> first(Scene scene) {
        var own = Stream.of(
                scene.of(Violation.NOT_TLS, it -> it.sayRaw(ascii("GET / HTTP/1.1\r\n\r\n"))),
                scene.of(Violation.ALMOST_TLS_MET, it -> it.sayRaw(bytes(22, 0xA1, 1, 0, 1, 0xFF))));
        return Stream.of(own, inTheClear(scene), everywhere(scene))
                .flatMap(each -> each)
                .map(each -> each.how("first"));
    }

    private static Stream<Misdeed> later(Scene scene, String how) {
        var own = Stream.of(
                scene.of(Violation.UNKNOWN_CONTENT_TYPE, it -> it.sayRaw(bytes(25, 3, 3, 0, 1, 0))),
                scene.of(Violation.WRONG_RECORD_VERSION, it -> it.sayRaw(bytes(22, 4, 1, 0, 1, 0))));
        return Stream.of(own, scene.time == Time.UNDER_KEYS ? underKeys(scene) : inTheClear(scene), everywhere(scene))
                .flatMap(each -> each)
                .map(each -> each.how(how));
    }

    private static Stream<Misdeed> inTheClear(Scene scene) {
        return Stream.of(scene.saying(Violation.DATA_BEFORE_FINISHED, ContentType.APPLICATION_DATA));
    }

    private static Stream<Misdeed> underKeys(Scene scene) {
        return Stream.of(
                scene.of(Violation.BAD_RECORD, RecordMisdeeds::spoilt),
                scene.of(Violation.TOO_MANY_EMPTY_RECORDS, it -> {
                    for (int i = 0; i < 33; i++) it.say(ContentType.APPLICATION_DATA);
                }));
    }

    private static Stream<Misdeed> everywhere(Scene scene) {
        int type = scene.expected();
        return Stream.of(
                scene.of(Violation.RECORD_TOO_LONG, it -> it.sayRaw(bytes(22, 3, scene.minorVersion(), 0x48, 1))),
                scene.saying(Violation.EMPTY_FRAGMENT, ContentType.HANDSHAKE),
                scene.of(Violation.TOO_MANY_WARNINGS, it -> {
                    for (int i = 0; i < 17; i++) it.say(ContentType.ALERT, bytes(1, 90));
                }),
                scene.saying(Violation.MALFORMED_ALERT, ContentType.ALERT, 1),
                scene.saying(Violation.ALERT_LEVEL_UNKNOWN, ContentType.ALERT, 5, 0),
                scene.saying(Violation.WRONG_CHANGE_CIPHER_SPEC, ContentType.CHANGE_CIPHER_SPEC, 2),
                scene.saying(Violation.MALFORMED_CHANGE_CIPHER_SPEC, ContentType.CHANGE_CIPHER_SPEC, 1, 1),
                scene.saying(Violation.UNEXPECTED_MESSAGE, ContentType.CHANGE_CIPHER_SPEC, 1),
                scene.saying(Violation.UNEXPECTED_MESSAGE, ContentType.HANDSHAKE, 14, 0, 0, 0),
                scene.saying(Violation.MESSAGE_TOO_LONG, ContentType.HANDSHAKE, 1, 2, 0, 1),
                scene.saying(Violation.MALFORMED_MESSAGE, ContentType.HANDSHAKE, type, 0, 0, 1, 9),
                scene.of(
                        Violation.MESSAGE_INTERLEAVED,
                        it -> it.say(ContentType.HANDSHAKE, bytes(type, 0, 0, 9, 9))
                                .say(ContentType.CHANGE_CIPHER_SPEC, bytes(1))));
    }

    static void spoilt(Mallory mallory) throws Exception {
        byte[] record = mallory.seal(ContentType.APPLICATION_DATA, ascii("GET"));
        record[record.length - 1] ^= 1;
        mallory.sayRaw(record);
    }

    static byte[] bytes(int... values) {
        byte[] bytes = new byte[values.length];
        Arrays.setAll(values, i -> bytes[i] = (byte) values[i]);
        return bytes;
    }

    static byte[] ascii(String words) {
        return words.getBytes(StandardCharsets.US_ASCII);
    }
}
