package org.almosttls.handshake.hello.client;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import org.almosttls.alert.Violation;
import org.almosttls.extension.SupportedVersions;
import org.almosttls.handshake.Received;
import org.almosttls.handshake.tls12.client.IgnoringHelloRequests;
import org.almosttls.handshake.tls13.client.OfferedKeys;
import org.almosttls.handshake.tls13.client.OwnShares;
import org.almosttls.message.EncodedMessage;
import org.almosttls.record.HandshakeReassembler;
import org.almosttls.registry.ExtensionType;
import org.almosttls.registry.ProtocolVersion;
import org.almosttls.testkit.Expect;
import org.almosttls.testkit.Hellos;
import org.almosttls.testkit.NoRenewal;
import org.almosttls.testkit.Samples;
import org.almosttls.testkit.TestConfig;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** RFC 8446 §4.1.3: the marks in the random of a server that was talked down. */
class DowngradeMarkTest {

    private static final String RANDOM = "5E".repeat(24);

    @ParameterizedTest
    @ValueSource(strings = {"444F574E47524401", "444F574E47524400"})
    void aClientThatOfferedMoreRefusesAMark(String mark) {
        Expect.violation(Violation.DOWNGRADED, () -> clientThatOffered13().receive(answer(mark)));
    }

    @Test
    void aClientThatOfferedMoreTakesAnUnmarkedRandom() throws Exception {
        var next = clientThatOffered13().receive(answer("444F574E47524402")).next();
        assertEquals(
                "WaitCertificate",
                ((IgnoringHelloRequests) next).inner().getClass().getSimpleName());
    }

    @ParameterizedTest
    @ValueSource(strings = {"444F574E47524401", "444F574E47524400"})
    void aClientThatOfferedNoMoreTakesAMark(String mark) throws Exception {
        var next = new WaitServerHello(
                        TestConfig.client().build(),
                        EncodedMessage.of(Samples.clientHello()),
                        Optional.empty(),
                        OfferedKeys.NONE,
                        NoRenewal.firstHandshake(),
                        OwnShares.NONE,
                        0)
                .receive(answer(mark))
                .next();
        assertEquals(
                "WaitCertificate",
                ((IgnoringHelloRequests) next).inner().getClass().getSimpleName());
    }

    private static WaitServerHello clientThatOffered13() {
        var offer = Hellos.extensions(
                Samples.clientHello(),
                Hellos.plus(new SupportedVersions(List.of(ProtocolVersion.TLS_1_3, ProtocolVersion.TLS_1_2))));
        return new WaitServerHello(
                TestConfig.client().build(),
                EncodedMessage.of(offer),
                Optional.empty(),
                OfferedKeys.NONE,
                NoRenewal.firstHandshake(),
                OwnShares.NONE,
                0);
    }

    private static Received answer(String mark) {
        var random = HexFormat.of().parseHex(RANDOM + mark);
        var hello = Hellos.extensions(Hellos.random(Samples.serverHello(), random), Hellos.without(ExtensionType.ALPN));
        var message = EncodedMessage.of(hello);
        return new Received(hello, message.bytes(), new HandshakeReassembler()::aligned);
    }
}
