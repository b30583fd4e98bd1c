package org.almosttls.delivery;

import java.util.List;
import java.util.function.Function;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import javax.net.ssl.SSLParameters;
import org.almosttls.alert.Violation;
import org.almosttls.config.OnRequest.Feature;
import org.almosttls.extension.ApplicationProtocols;
import org.almosttls.extension.EncryptThenMac;
import org.almosttls.extension.Extension;
import org.almosttls.extension.HeartbeatMode;
import org.almosttls.extension.MaxFragmentLength;
import org.almosttls.extension.Padding;
import org.almosttls.extension.RecordSizeLimit;
import org.almosttls.extension.RenegotiationInfo;
import org.almosttls.extension.UnknownExtension;
import org.almosttls.message.HandshakeMessage;
import org.almosttls.message.ServerHello;
import org.almosttls.registry.CipherSuite;
import org.almosttls.registry.ContentType;
import org.almosttls.registry.ExtensionType;
import org.almosttls.registry.ProtocolVersion;
import org.almosttls.testkit.Hellos;

/** What can be wrong with a ServerHello, or amid a server's flight. */
final class AnswerMisdeeds {

    private static final CipherSuite GCM = CipherSuite.TLS_ECDHE_RSA_WITH_AES_128_GCM_SHA256;
    private static final CipherSuite CBC =
            CipherSuite.named("TLS_ECDHE_RSA_WITH_AES_128_CBC_SHA").orElseThrow();

    private AnswerMisdeeds() {}

    static Stream<Misdeed> all() {
        return Stream.of(choices(), extensions(), sizes(), resumptions()).flatMap(each -> each);
    }

    private static Stream<Misdeed> choices() {
        var both = Terms.client()
                .speaking(ProtocolVersion.TLS_1_1, CBC)
                .wishing(wishes -> wishes.setProtocols(new String[] {"TLSv1.2", "TLSv1.1"}));
        var manyRequests = RecordMisdeeds.bytes(0, 0, 0, 0);
        return Stream.of(
                hello(Violation.VERSION_NOT_OFFERED, it -> Hellos.version(it, ProtocolVersion.TLS_1_3)),
                hello(Violation.VERSION_NOT_SUPPORTED, it -> Hellos.version(it, ProtocolVersion.TLS_1_1)),
                hello(Violation.SUITE_NOT_OFFERED, it -> Hellos.suite(it, new CipherSuite(3))),
                hello(Violation.SUITE_OF_OTHER_VERSION, both, it -> Hellos.suite(it, GCM)),
                hello(Violation.COMPRESSION_NOT_OFFERED, it -> Hellos.compression(it, 64)),
                Misdeed.of(Violation.TOO_MANY_HELLO_REQUESTS, Terms.client(), it -> {
                    for (int i = 0; i < 9; i++) it.say(ContentType.HANDSHAKE, manyRequests);
                }),
                Misdeed.of(
                        Violation.NO_SESSION_TO_RESUME,
                        Terms.client().acquaintances().withoutSessions(),
                        it -> it.changing(ServerHello.class, hello -> Hellos.session(hello, new byte[32]))));
    }

    private static Stream<Misdeed> extensions() {
        return Stream.of(
                with(
                        Violation.EXTENSION_NOT_OFFERED,
                        Hellos.plus(new UnknownExtension(new ExtensionType(0x1234), new byte[0]))),
                with(Violation.DUPLICATE_EXTENSION, Hellos.plus(new RenegotiationInfo(new byte[0]))),
                with(Violation.WRONG_RENEGOTIATION_INFO, Hellos.with(new RenegotiationInfo(new byte[12]))),
                with(Violation.ENCRYPT_THEN_MAC_MISPLACED, Hellos.plus(new EncryptThenMac())),
                hello(
                        Violation.EXTENSION_MISPLACED,
                        Terms.client().wishing(AnswerMisdeeds::ofUnluckyLength),
                        it -> Hellos.extensions(it, Hellos.plus(new Padding(new byte[0])))),
                with(Violation.HEARTBEAT_MODE_UNKNOWN, Hellos.with(new HeartbeatMode(3))),
                hello(
                        Violation.ALPN_NOT_OFFERED,
                        Terms.client().wishing(wishes -> wishes.setApplicationProtocols(new String[] {"h2"})),
                        it -> Hellos.extensions(it, Hellos.plus(new ApplicationProtocols(List.of("spdy/3"))))));
    }

    /** RFC 7685 §1: more than 255 octets, and less than 512. */
    private static void ofUnluckyLength(SSLParameters wishes) {
        wishes.setCipherSuites(new String[] {GCM.name()});
        wishes.setApplicationProtocols(new String[] {"x".repeat(150)});
    }

    private static Stream<Misdeed> sizes() {
        var shortened = Terms.client().wishing(wishes -> wishes.setMaximumPacketSize(512 + 325));
        return Stream.of(
                hello(
                        Violation.RECORD_LIMIT_TOO_LOW,
                        shortened,
                        it -> Hellos.extensions(it, Hellos.with(new RecordSizeLimit(63)))),
                hello(
                        Violation.FRAGMENT_LENGTH_NOT_OFFERED,
                        shortened,
                        it -> Hellos.extensions(
                                it,
                                all -> Hellos.without(ExtensionType.RECORD_SIZE_LIMIT)
                                        .apply(Hellos.with(new MaxFragmentLength(4))
                                                .apply(all)))),
                hello(
                        Violation.TWO_RECORD_LIMITS,
                        shortened,
                        it -> Hellos.extensions(it, Hellos.plus(new MaxFragmentLength(1)))),
                Misdeed.of(
                        Violation.RECORD_OVER_LIMIT,
                        shortened,
                        mallory -> mallory.onceConnected(it -> it.say(ContentType.APPLICATION_DATA, new byte[600]))));
    }

    private static Stream<Misdeed> resumptions() {
        var again = Terms.client().acquaintances();
        var deflated =
                again.mallory(again.mallory().requesting(Feature.COMPRESSION)).acquaintances();
        var other = again.wishing(wishes -> wishes.setProtocols(new String[] {"TLSv1.2", "TLSv1.1"}));
        return Stream.of(
                hello(
                        Violation.RESUMED_WITH_OTHER_SUITE,
                        again,
                        it -> Hellos.suite(it, CipherSuite.TLS_ECDHE_RSA_WITH_AES_256_GCM_SHA384)),
                hello(Violation.RESUMED_WITH_OTHER_COMPRESSION, deflated, it -> Hellos.compression(it, 0)),
                hello(
                        Violation.RESUMED_WITH_OTHER_VERSION,
                        other,
                        it -> Hellos.version(Hellos.suite(it, CBC), ProtocolVersion.TLS_1_1)),
                hello(
                        Violation.EXTENDED_MASTER_SECRET_CHANGED,
                        again,
                        it -> Hellos.extensions(it, Hellos.without(ExtensionType.EXTENDED_MASTER_SECRET))));
    }

    private static Misdeed with(Violation violation, UnaryOperator<List<Extension>> change) {
        return hello(violation, it -> Hellos.extensions(it, change));
    }

    private static Misdeed hello(Violation violation, Function<ServerHello, HandshakeMessage> change) {
        return hello(violation, Terms.client(), change);
    }

    private static Misdeed hello(Violation violation, Terms terms, Function<ServerHello, HandshakeMessage> change) {
        return Misdeed.of(violation, terms, it -> it.changing(ServerHello.class, change));
    }
}
