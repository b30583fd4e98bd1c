package org.almosttls.trace;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.almosttls.alert.TlsAlertException;
import org.almosttls.config.OnRequest.Feature;
import org.almosttls.extension.ApplicationProtocols;
import org.almosttls.extension.EcPointFormats;
import org.almosttls.extension.Extension;
import org.almosttls.extension.Extensions;
import org.almosttls.extension.ServerNames;
import org.almosttls.extension.SignatureAlgorithms;
import org.almosttls.extension.SupportedGroups;
import org.almosttls.extension.SupportedVersions;
import org.almosttls.handshake.Action;
import org.almosttls.message.ClientHello;
import org.almosttls.message.EncodedMessage;
import org.almosttls.message.HandshakeDecoder;
import org.almosttls.registry.CipherSuite;
import org.almosttls.registry.NamedGroup;
import org.almosttls.registry.ProtocolVersion;
import org.almosttls.registry.SignatureScheme;
import org.almosttls.testkit.FixedRandomness;
import org.almosttls.testkit.StateEnd;
import org.almosttls.testkit.Tls13;
import org.junit.jupiter.api.Test;

/** What is kept of a client's hello, to know its software again by. */
class HabitsTest {

    private static byte[] said(long seed, Feature... features) throws TlsAlertException {
        var client = Tls13.client()
                .applicationProtocols("h2", "http/1.1")
                .with("randomness", new FixedRandomness(seed))
                .requesting(features);
        return new StateEnd(client.build())
                .actions(Action.Send.class)
                .get(0)
                .message()
                .bytes();
    }

    private static ClientHello hello(int suite, byte[] compression, Extension... extensions) {
        return new ClientHello(
                ProtocolVersion.TLS_1_2,
                new byte[32],
                new byte[0],
                List.of(new CipherSuite(suite)),
                compression,
                Extensions.of(List.of(extensions)));
    }

    private static byte[] habits(ClientHello hello) {
        return Habits.of(EncodedMessage.of(hello).bytes());
    }

    @Test
    void whatIsDrawnAtRandomIsNone() throws Exception {
        for (int seed = 1; seed < 20; seed++) assertArrayEquals(Habits.of(said(0)), Habits.of(said(seed)));
    }

    @Test
    void whomItIsForIsNone() {
        var one = hello(0x1301, new byte[1], new ServerNames(List.of("one.example")));
        var other = hello(0x1301, new byte[1], new ServerNames(List.of("other.example")));
        assertArrayEquals(habits(one), habits(other));
        assertFalse(Arrays.equals(habits(one), habits(hello(0x1301, new byte[1]))), "that it names somebody is one");
    }

    /** Whatever a fingerprint is made of. */
    @Test
    void noTwoOfTheseAreAlike() {
        var all = Stream.of(
                        hello(0x1301, new byte[1]),
                        hello(0x1302, new byte[1]),
                        hello(0x1301, new byte[2]),
                        hello(0x1301, new byte[1], new SupportedGroups(List.of(NamedGroup.X25519))),
                        hello(0x1301, new byte[1], new SupportedGroups(List.of(NamedGroup.SECP256R1))),
                        hello(0x1301, new byte[1], new EcPointFormats(new byte[1])),
                        hello(0x1301, new byte[1], new EcPointFormats(new byte[2])),
                        hello(0x1301, new byte[1], new SignatureAlgorithms(List.of(SignatureScheme.ED25519))),
                        hello(0x1301, new byte[1], new SignatureAlgorithms(List.of(SignatureScheme.ED448))),
                        hello(0x1301, new byte[1], new ApplicationProtocols(List.of("h2"))),
                        hello(0x1301, new byte[1], new ApplicationProtocols(List.of("h3"))),
                        hello(0x1301, new byte[1], new SupportedVersions(List.of(ProtocolVersion.TLS_1_3))),
                        hello(0x1301, new byte[1], new SupportedVersions(List.of(ProtocolVersion.TLS_1_2))))
                .map(HabitsTest::habits)
                .map(Arrays::toString)
                .toList();
        assertEquals(all.size(), all.stream().distinct().count());
    }

    /** Also the second time, and of clients that never say the same twice. */
    @Test
    void fingerprintsAreThoseOfTheHelloItself() throws Exception {
        for (int round = 0; round < 2; round++) {
            for (int seed = 0; seed < 100; seed++) {
                byte[] message = said(seed, Feature.PERMUTE_EXTENSIONS, Feature.GREASE);
                var hello = (ClientHello) HandshakeDecoder.HELLOS.decode(message);
                var found = Fingerprints.of(hello, message);
                assertEquals(Ja3.of(hello), found.ja3());
                assertEquals(Ja4.of(hello), found.ja4());
            }
        }
    }
}
