package org.almosttls.handshake.hello;

import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.almosttls.alert.Violation;
import org.almosttls.extension.ApplicationProtocols;
import org.almosttls.extension.EcPointFormats;
import org.almosttls.extension.EncryptThenMac;
import org.almosttls.extension.Extension;
import org.almosttls.extension.HeartbeatMode;
import org.almosttls.extension.MaxFragmentLength;
import org.almosttls.extension.RecordSizeLimit;
import org.almosttls.extension.SelectedVersion;
import org.almosttls.extension.ServerNames;
import org.almosttls.extension.SessionTicket;
import org.almosttls.extension.StatusPromise;
import org.almosttls.extension.UnknownExtension;
import org.almosttls.message.ServerHello;
import org.almosttls.registry.CipherSuite;
import org.almosttls.registry.ExtensionType;
import org.almosttls.registry.NamedGroup;
import org.almosttls.registry.ProtocolVersion;
import org.almosttls.testkit.Expect;
import org.almosttls.testkit.Hellos;
import org.almosttls.testkit.StatePair;
import org.almosttls.testkit.TestCertificates;
import org.almosttls.testkit.TestConfig;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** RFC 5246 §7.4.1.4: a client that has asked for nothing takes none of the extensions that it knows. */
class UnaskedExtensionsTest {

    static Stream<Extension> answers() {
        return Stream.of(
                new ServerNames(List.of()),
                new MaxFragmentLength(1),
                new StatusPromise(),
                new EcPointFormats(new byte[] {0}),
                HeartbeatMode.PEER_ALLOWED_TO_SEND,
                new ApplicationProtocols(List.of("h2")),
                new EncryptThenMac(),
                new RecordSizeLimit(1024),
                SessionTicket.NONE_YET,
                new SelectedVersion(ProtocolVersion.TLS_1_2));
    }

    private static TestConfig client() {
        return TestConfig.client()
                .with("serverName", Optional.empty())
                .suites(CipherSuite.named("TLS_RSA_WITH_AES_128_GCM_SHA256").orElseThrow());
    }

    private static void answering(Violation violation, TestConfig client, Extension extension) {
        Expect.violation(
                violation,
                () -> new StatePair(
                                client.build(),
                                TestConfig.server(TestCertificates.rsaServer()).build())
                        .changing(ServerHello.class, hello -> Hellos.extensions(hello, Hellos.with(extension)))
                        .handshake());
    }

    @ParameterizedTest
    @MethodSource("answers")
    void whatNobodyAskedForIsRefused(Extension extension) {
        answering(Violation.EXTENSION_NOT_OFFERED, client().groups(), extension);
    }

    /** RFC 8422 §5.2 has no such answer; servers are known that give it, and it changes nothing. */
    @Test
    void groupsThatAServerNamesAreBorne() {
        byte[] body = {0, 2, 0, (byte) NamedGroup.SECP256R1.code()};
        answering(
                Violation.WRONG_FINISHED,
                client().suites(CipherSuite.TLS_ECDHE_RSA_WITH_AES_128_GCM_SHA256),
                new UnknownExtension(ExtensionType.SUPPORTED_GROUPS, body));
    }
}
