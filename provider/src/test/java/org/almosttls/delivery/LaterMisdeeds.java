package org.almosttls.delivery;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.Function;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import org.almosttls.alert.Violation;
import org.almosttls.config.OnRequest.Feature;
import org.almosttls.extension.Extension;
import org.almosttls.extension.ServerNames;
import org.almosttls.handshake.CertificateChain;
import org.almosttls.message.Certificate;
import org.almosttls.message.ClientHello;
import org.almosttls.message.EncodedMessage;
import org.almosttls.message.HandshakeMessage;
import org.almosttls.message.Hello;
import org.almosttls.message.ServerHello;
import org.almosttls.registry.CipherSuite;
import org.almosttls.registry.ContentType;
import org.almosttls.registry.ExtensionType;
import org.almosttls.registry.HandshakeType;
import org.almosttls.testkit.Hellos;
import org.almosttls.testkit.Mallory;
import org.almosttls.testkit.TestCertificates;
import org.bouncycastle.asn1.x509.KeyUsage;

/** What can be wrong with a handshake after the first, and with the textbook's connections. */
final class LaterMisdeeds {

    private LaterMisdeeds() {}

    static Stream<Misdeed> all() {
        return Stream.of(hellos(), answers(), floods(), textbook()).flatMap(each -> each);
    }

    private static Terms renegotiating(Terms terms) {
        return terms.mallory(terms.mallory().requesting(Feature.RENEGOTIATION));
    }

    private static Stream<Misdeed> hellos() {
        var cbc = CipherSuite.TLS_RSA_WITH_AES_128_CBC_SHA;
        var elsewhere = new ServerNames(List.of("elsewhere.example"));
        return Stream.of(
                again(Violation.SIGNALLING_SUITE_MISPLACED, Terms.server(), hello -> {
                    var suites = new ArrayList<>(hello.cipherSuites());
                    suites.add(CipherSuite.TLS_EMPTY_RENEGOTIATION_INFO_SCSV);
                    return Hellos.suites(hello, suites);
                }),
                again(Violation.SERVER_NAME_CHANGED, Terms.server(), with(Hellos.with(elsewhere))),
                again(
                        Violation.RENEGOTIATION_NOT_BOUND,
                        Terms.server(),
                        with(Hellos.without(ExtensionType.EXTENDED_MASTER_SECRET))),
                again(
                        Violation.WRONG_RENEGOTIATION_INFO,
                        Terms.server(),
                        with(Hellos.without(ExtensionType.RENEGOTIATION_INFO))),
                again(
                        Violation.ENCRYPT_THEN_MAC_DROPPED,
                        Terms.server().suites(cbc),
                        with(Hellos.without(ExtensionType.ENCRYPT_THEN_MAC))));
    }

    private static Function<ClientHello, HandshakeMessage> with(UnaryOperator<List<Extension>> change) {
        return hello -> Hellos.extensions(hello, change);
    }

    private static Misdeed again(Violation violation, Terms terms, Function<ClientHello, HandshakeMessage> change) {
        return Misdeed.of(
                        violation,
                        renegotiating(terms),
                        mallory -> mallory.onceConnected(
                                it -> it.changing(ClientHello.class, change).renegotiate()))
                .how("once more");
    }

    private static Stream<Misdeed> answers() {
        var other = CertificateChain.encode(
                TestCertificates.rsaServer(KeyUsage.digitalSignature).credential());
        var unbound = Hellos.without(ExtensionType.EXTENDED_MASTER_SECRET);
        return Stream.of(
                Misdeed.of(
                        Violation.CERTIFICATE_CHANGED,
                        renegotiating(Terms.client()),
                        mallory -> mallory.onceConnected(it ->
                                it.changing(Certificate.class, any -> other).renegotiate())),
                Misdeed.of(
                        Violation.RENEGOTIATION_NOT_BOUND,
                        renegotiating(Terms.client()),
                        mallory -> mallory.onceConnected(
                                it -> it.changing(ServerHello.class, hello -> Hellos.extensions(hello, unbound))
                                        .renegotiate())));
    }

    private static Stream<Misdeed> floods() {
        byte[] request = {0, 0, 0, 0};
        byte[] nonsense = {1, 0x7F, 0x7F};
        return Stream.of(
                flood(Violation.TOO_MANY_RENEGOTIATIONS, Terms.client(), ContentType.HANDSHAKE, request),
                flood(Violation.TOO_MANY_HEARTBEATS, beating(Terms.client()), ContentType.HEARTBEAT, nonsense),
                flood(Violation.TOO_MANY_HEARTBEATS, beating(Terms.server()), ContentType.HEARTBEAT, nonsense));
    }

    private static Terms beating(Terms terms) {
        return terms.mallory(terms.mallory().requesting(Feature.HEARTBEAT));
    }

    private static Misdeed flood(Violation violation, Terms terms, ContentType type, byte[] content) {
        return Misdeed.of(
                violation,
                terms,
                mallory -> mallory.onceConnected(it -> {
                    for (int i = 0; i < 40; i++) it.say(type, content);
                }));
    }

    private static Stream<Misdeed> textbook() {
        var alice = Terms.textbook(false);
        return Stream.of(
                Misdeed.of(Violation.NOT_ALMOST_TLS, alice, it -> it.sayRaw(RecordMisdeeds.ascii("GET / HTTP/1.1"))),
                Misdeed.of(
                        Violation.NOT_ALMOST_TLS,
                        Terms.textbook(true),
                        it -> it.sayRaw(RecordMisdeeds.bytes(22, 3, 3, 0, 4, 14, 0, 0, 0))),
                Misdeed.of(Violation.BAD_RECORD, alice, mallory -> mallory.onceConnected(RecordMisdeeds::spoilt)),
                Misdeed.of(
                        Violation.RECORD_OUT_OF_ORDER,
                        alice,
                        mallory -> mallory.onceConnected(it -> {
                            it.seal(ContentType.APPLICATION_DATA, (byte) 1);
                            it.say(ContentType.APPLICATION_DATA, (byte) 2);
                        })),
                Misdeed.of(
                        Violation.STREAM_CUT_OFF,
                        alice,
                        mallory -> mallory.onceConnected(it -> it.sayRaw(RecordMisdeeds.bytes(23, 0xA1, 1, 0, 64, 9))
                                .goingOnFor(0)
                                .hangingUp())),
                Misdeed.of(
                        Violation.MESSAGE_ACROSS_KEYS,
                        Terms.textbook(true),
                        it -> it.insteadOf(HandshakeType.CERTIFICATE, LaterMisdeeds::oneOctetMore)),
                Misdeed.of(
                        Violation.CLIENT_AUTHENTICATION_MISSING,
                        alice.wishing(wishes -> wishes.setNeedClientAuth(true)),
                        it -> it.changing(Hello.class, hello -> hello)));
    }

    private static void oneOctetMore(Mallory mallory) throws Exception {
        byte[] message = EncodedMessage.of(
                        CertificateChain.encode(TestCertificates.rsaServer().credential()))
                .bytes();
        mallory.say(ContentType.HANDSHAKE, Arrays.copyOf(message, message.length + 1));
    }
}
