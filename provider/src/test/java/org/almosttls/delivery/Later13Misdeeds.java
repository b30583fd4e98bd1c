package org.almosttls.delivery;

import static org.almosttls.delivery.RecordMisdeeds.bytes;

import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.almosttls.alert.Violation;
import org.almosttls.config.OnRequest.Feature;
import org.almosttls.extension.Extensions;
import org.almosttls.extension.SignatureAlgorithms;
import org.almosttls.message.CertificateRequest13;
import org.almosttls.message.CertificateVerify;
import org.almosttls.message.EncodedMessage;
import org.almosttls.message.Finished;
import org.almosttls.message.HandshakeMessage;
import org.almosttls.message.NewSessionTicket13;
import org.almosttls.registry.ContentType;
import org.almosttls.registry.HandshakeType;
import org.almosttls.registry.SignatureScheme;
import org.almosttls.testkit.Mallory;
import org.almosttls.testkit.Mallory.Script;

/** What can be wrong in TLS 1.3 once there are keys: amid the handshake, with its proofs, and when it is over. */
final class Later13Misdeeds {

    private static final byte[] CHANGE_CIPHER_SPEC = bytes(20, 3, 3, 0, 1, 1);
    private static final int TOO_LONG = (1 << 14) + 2;

    private Later13Misdeeds() {}

    static Stream<Misdeed> all() {
        return Stream.concat(
                        Stream.of(Terms.client(), Terms.server())
                                .map(Terms::newest)
                                .flatMap(terms -> Stream.of(amid(terms), proofs(terms), records(terms), messages(terms))
                                        .flatMap(each -> each)),
                        late())
                .map(each -> each.how("TLS 1.3 " + each.how()));
    }

    /** In the place of Finished. */
    private static Stream<Misdeed> amid(Terms terms) {
        return Stream.of(
                        amid(
                                Violation.CHANGE_CIPHER_SPEC_NOT_DROPPED,
                                terms,
                                it -> it.say(ContentType.CHANGE_CIPHER_SPEC, (byte) 1)),
                        amid(
                                Violation.CHANGE_CIPHER_SPEC_NOT_DROPPED,
                                terms,
                                it -> it.sayRaw(bytes(20, 3, 3, 0, 2, 1, 1))),
                        amid(Violation.TOO_MANY_CHANGE_CIPHER_SPECS, terms, it -> {
                            for (int i = 0; i < 18; i++) it.sayRaw(CHANGE_CIPHER_SPEC);
                        }),
                        amid(
                                Violation.DATA_BEFORE_FINISHED,
                                terms,
                                it -> it.say(ContentType.APPLICATION_DATA, (byte) 1)),
                        amid(
                                Violation.UNEXPECTED_MESSAGE,
                                terms,
                                it -> it.say(ContentType.HANDSHAKE, bytes(24, 0, 0, 1, 0))),
                        amid(Violation.EMPTY_FRAGMENT, terms, it -> it.say(ContentType.HANDSHAKE)),
                        amid(Violation.BAD_RECORD, terms, RecordMisdeeds::spoilt))
                .map(each -> each.how("amid the handshake"));
    }

    private static Misdeed amid(Violation violation, Terms terms, Script script) {
        return Misdeed.of(violation, terms, it -> it.insteadOf(HandshakeType.FINISHED, script));
    }

    private static Stream<Misdeed> proofs(Terms terms) {
        var finished = Misdeed.of(
                Violation.WRONG_FINISHED,
                terms,
                it -> it.changing(Finished.class, message -> new Finished(new byte[32])));
        if (!terms.victimIsClient()) return Stream.of(finished);
        return Stream.of(
                finished,
                Misdeed.of(
                        Violation.SCHEME_NOT_OFFERED,
                        terms,
                        it -> it.changing(
                                CertificateVerify.class,
                                proof -> new CertificateVerify(SignatureScheme.RSA_PKCS1_SHA256, proof.signature()))),
                Misdeed.of(
                        Violation.WRONG_SIGNATURE,
                        terms,
                        it -> it.changing(
                                CertificateVerify.class,
                                proof -> new CertificateVerify(proof.scheme(), new byte[256]))));
    }

    private static Stream<Misdeed> records(Terms terms) {
        return Stream.of(
                        inner(Violation.CONTENT_TYPE_MISSING, terms, new byte[300]),
                        inner(Violation.UNKNOWN_CONTENT_TYPE, terms, bytes(1, 2, 99, 0)),
                        inner(Violation.RECORD_TOO_LONG, terms, Arrays.copyOf(bytes(1, 23), TOO_LONG)),
                        inner(Violation.EMPTY_FRAGMENT, terms, bytes(22, 0, 0)),
                        inner(Violation.EMPTY_FRAGMENT, terms, bytes(21)),
                        later(Violation.UNEXPECTED_MESSAGE, terms, it -> it.sayRaw(CHANGE_CIPHER_SPEC)),
                        later(Violation.UNEXPECTED_MESSAGE, terms, it -> it.sayRaw(bytes(21, 3, 3, 0, 2, 1, 0))),
                        later(Violation.BAD_RECORD, terms, RecordMisdeeds::spoilt),
                        later(Violation.TOO_MANY_EMPTY_RECORDS, terms, it -> {
                            for (int i = 0; i < 33; i++) it.say(ContentType.APPLICATION_DATA);
                        }))
                .map(each -> each.how("in a record"));
    }

    private static Misdeed inner(Violation violation, Terms terms, byte[] inner) {
        return later(violation, terms, it -> it.sayRaw(it.sealInner(inner)));
    }

    private static Stream<Misdeed> messages(Terms terms) {
        return Stream.of(
                        saying(Violation.KEY_UPDATE_UNKNOWN, terms, ContentType.HANDSHAKE, 24, 0, 0, 1, 7),
                        saying(Violation.MALFORMED_MESSAGE, terms, ContentType.HANDSHAKE, 24, 0, 0, 0),
                        saying(Violation.MESSAGE_ACROSS_KEYS, terms, ContentType.HANDSHAKE, 24, 0, 0, 1, 0, 24),
                        saying(Violation.MESSAGE_TOO_LONG, terms, ContentType.HANDSHAKE, 4, 2, 0, 1),
                        saying(Violation.UNEXPECTED_MESSAGE, terms, ContentType.HANDSHAKE, 0, 0, 0, 0),
                        saying(Violation.MALFORMED_ALERT, terms, ContentType.ALERT, 1),
                        later(
                                Violation.MESSAGE_INTERLEAVED,
                                terms,
                                it -> it.say(ContentType.HANDSHAKE, bytes(24, 0))
                                        .say(ContentType.APPLICATION_DATA, bytes(1))),
                        later(Violation.TOO_MANY_WARNINGS, terms, it -> {
                            for (int i = 0; i < 17; i++) it.say(ContentType.ALERT, bytes(1, 90));
                        }))
                .map(each -> each.how("in a message"));
    }

    private static Misdeed saying(Violation violation, Terms terms, ContentType type, int... content) {
        return later(violation, terms, it -> it.say(type, bytes(content)));
    }

    private static Misdeed later(Violation violation, Terms terms, Script script) {
        return Misdeed.of(violation, terms, mallory -> mallory.onceConnected(script));
    }

    private static Stream<Misdeed> late() {
        var ticket = new NewSessionTicket13(1, 1, new byte[1], new byte[1], Extensions.of(List.of()));
        var client = Terms.client().newest();
        var asked = client.mallory(client.mallory().requesting(Feature.POST_HANDSHAKE_AUTH));
        return Stream.of(
                        later(Violation.TOO_MANY_LATE_MESSAGES, client, it -> repeating(it, 40, ticket)),
                        later(Violation.UNEXPECTED_MESSAGE, client, it -> repeating(it, 1, request(1))),
                        later(Violation.CERTIFICATE_CONTEXT_REPEATED, asked, it -> repeating(it, 2, request(1))),
                        later(Violation.TOO_MANY_CERTIFICATE_REQUESTS, asked, it -> {
                            for (int i = 0; i < 40; i++) repeating(it, 1, request(i));
                        }))
                .map(each -> each.how("afterwards"));
    }

    private static void repeating(Mallory mallory, int times, HandshakeMessage message) throws Exception {
        for (int i = 0; i < times; i++)
            mallory.say(ContentType.HANDSHAKE, EncodedMessage.of(message).bytes());
    }

    private static CertificateRequest13 request(int context) {
        var schemes = new SignatureAlgorithms(List.of(SignatureScheme.ECDSA_SECP256R1_SHA256));
        return new CertificateRequest13(new byte[] {(byte) context}, Extensions.of(List.of(schemes)));
    }
}
