package org.almosttls.delivery;

import java.util.List;
import java.util.function.Function;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import javax.net.ssl.SNIHostName;
import org.almosttls.alert.Violation;
import org.almosttls.extension.ApplicationProtocols;
import org.almosttls.extension.EcPointFormats;
import org.almosttls.extension.Extension;
import org.almosttls.extension.HeartbeatMode;
import org.almosttls.extension.MaxFragmentLength;
import org.almosttls.extension.RecordSizeLimit;
import org.almosttls.extension.RenegotiationInfo;
import org.almosttls.extension.SupportedGroups;
import org.almosttls.extension.UnknownExtension;
import org.almosttls.message.ClientHello;
import org.almosttls.message.HandshakeMessage;
import org.almosttls.registry.CipherSuite;
import org.almosttls.registry.ExtensionType;
import org.almosttls.registry.NamedGroup;
import org.almosttls.registry.ProtocolVersion;
import org.almosttls.registry.SignatureScheme;
import org.almosttls.testkit.Hellos;
import org.almosttls.testkit.TestConfig;

/** What can be wrong with a ClientHello, or with what it leaves to choose from. */
final class HelloMisdeeds {

    private static final CipherSuite GCM = CipherSuite.TLS_ECDHE_RSA_WITH_AES_128_GCM_SHA256;

    private HelloMisdeeds() {}

    static Stream<Misdeed> all() {
        return Stream.of(versions(), extensions(), choices()).flatMap(each -> each);
    }

    private static Stream<Misdeed> versions() {
        return Stream.of(
                hello(Violation.VERSION_NOT_SUPPORTED, it -> Hellos.version(it, ProtocolVersion.TLS_1_1)),
                hello(
                        Violation.FALLBACK_REFUSED,
                        it -> Hellos.version(
                                Hellos.suites(it, List.of(GCM, CipherSuite.TLS_FALLBACK_SCSV)),
                                ProtocolVersion.TLS_1_1)),
                hello(Violation.COMPRESSION_REQUIRED, it -> Hellos.compression(it, (byte) 1)));
    }

    private static Stream<Misdeed> extensions() {
        var notAscii = RecordMisdeeds.bytes(0, 4, 0, 0, 1, 0xE9);
        var twoNames = RecordMisdeeds.bytes(0, 12, 0, 0, 3, 'a', '.', 'b', 0, 0, 3, 'c', '.', 'd');
        return Stream.of(
                with(Violation.DUPLICATE_EXTENSION, Hellos.plus(new RenegotiationInfo(new byte[0]))),
                with(Violation.WRONG_RENEGOTIATION_INFO, Hellos.with(new RenegotiationInfo(new byte[12]))),
                with(Violation.POINT_FORMAT_MISSING, Hellos.with(new EcPointFormats(new byte[] {1}))),
                with(
                        Violation.DUPLICATE_SERVER_NAME,
                        Hellos.with(new UnknownExtension(ExtensionType.SERVER_NAME, twoNames))),
                with(
                        Violation.HOST_NAME_INVALID,
                        Hellos.with(new UnknownExtension(ExtensionType.SERVER_NAME, notAscii))),
                with(Violation.FRAGMENT_LENGTH_UNKNOWN, Hellos.plus(new MaxFragmentLength(5))),
                with(Violation.RECORD_LIMIT_TOO_LOW, Hellos.plus(new RecordSizeLimit(63))),
                with(Violation.HEARTBEAT_MODE_UNKNOWN, Hellos.plus(new HeartbeatMode(3))),
                Misdeed.of(
                        Violation.NAME_NOT_RECOGNIZED,
                        Terms.server()
                                .wishing(wishes ->
                                        wishes.setSNIMatchers(List.of(SNIHostName.createSNIMatcher("example\\.org")))),
                        it -> it.changing(ClientHello.class, hello -> hello)),
                Misdeed.of(
                        Violation.NO_APPLICATION_PROTOCOL,
                        Terms.server().wishing(wishes -> wishes.setApplicationProtocols(new String[] {"h2"})),
                        it -> it.changing(
                                ClientHello.class,
                                hello -> Hellos.extensions(
                                        hello, Hellos.plus(new ApplicationProtocols(List.of("http/1.1")))))));
    }

    private static Stream<Misdeed> choices() {
        var rsa = CipherSuite.TLS_RSA_WITH_AES_128_CBC_SHA;
        var dhe = CipherSuite.named("TLS_DHE_RSA_WITH_AES_128_GCM_SHA256").orElseThrow();
        var ecdsa = CipherSuite.TLS_ECDHE_ECDSA_WITH_AES_128_GCM_SHA256;
        var client = TestConfig.client();
        return Stream.of(
                hello(Violation.NO_COMMON_SUITE, it -> Hellos.suites(it, List.of(new CipherSuite(3)))),
                by(Violation.NO_CREDENTIAL, client.suites(ecdsa)),
                by(Violation.NO_COMMON_SCHEME, client.suites(GCM).schemes(SignatureScheme.ECDSA_SECP256R1_SHA256)),
                by(Violation.NO_COMMON_FIELD, client.suites(dhe).groups(new NamedGroup(0x01FF))),
                with(Violation.NO_COMMON_GROUP, Hellos.with(new SupportedGroups(List.of(new NamedGroup(0x0200))))),
                Misdeed.of(
                        Violation.NO_SESSION_TO_RESUME,
                        Terms.server().withoutSessions(),
                        it -> it.changing(ClientHello.class, hello -> hello)),
                Misdeed.of(
                        Violation.EXTENDED_MASTER_SECRET_CHANGED,
                        Terms.server().suites(rsa).acquaintances(),
                        it -> it.changing(
                                ClientHello.class,
                                hello -> Hellos.extensions(
                                        hello, Hellos.without(ExtensionType.EXTENDED_MASTER_SECRET)))));
    }

    private static Misdeed by(Violation violation, TestConfig client) {
        return Misdeed.of(
                violation, Terms.server().mallory(client), it -> it.changing(ClientHello.class, hello -> hello));
    }

    private static Misdeed with(Violation violation, UnaryOperator<List<Extension>> change) {
        return hello(violation, it -> Hellos.extensions(it, change));
    }

    private static Misdeed hello(Violation violation, Function<ClientHello, HandshakeMessage> change) {
        return Misdeed.of(violation, Terms.server(), it -> it.changing(ClientHello.class, change));
    }
}
