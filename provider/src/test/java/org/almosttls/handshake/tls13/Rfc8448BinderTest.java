package org.almosttls.handshake.tls13;

import static org.almosttls.testkit.Hex.hex;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import java.time.Duration;
import java.util.Arrays;
import java.util.Optional;
import org.almosttls.crypto.Secret;
import org.almosttls.crypto.choice.PerOperationBackend;
import org.almosttls.extension.OfferedPreSharedKeys;
import org.almosttls.handshake.tls13.client.OfferedKeys;
import org.almosttls.keyschedule.EarlySecret;
import org.almosttls.keyschedule.Hkdf;
import org.almosttls.keyschedule.Transcript;
import org.almosttls.message.ClientHello;
import org.almosttls.message.HandshakeDecoder;
import org.almosttls.registry.ExtensionType;
import org.almosttls.registry.HashAlgorithm;
import org.almosttls.registry.Role;
import org.almosttls.testkit.Captured;
import org.almosttls.testkit.Hellos;
import org.almosttls.testkit.MovableClock;
import org.almosttls.testkit.Tls13;
import org.almosttls.vectors.Rfc8448Session;
import org.junit.jupiter.api.Test;

/** RFC 8448 §4: the session of its §3 goes on; all of it, with its early data, is in the tests of both ends. */
class Rfc8448BinderTest {

    private static final Captured RFC = Captured.in("rfc8448.txt");
    private static final byte[] KEY = hex("4ecd0eb6ec3b4d87f5d6028f922ca4c5851a277fd41311c9e62d2c9492e1c4f3");

    private final MovableClock clock = new MovableClock();

    private static ClientHello hello() throws Exception {
        return (ClientHello) HandshakeDecoder.HELLOS.decode(RFC.message("resumed ClientHello"));
    }

    /** Identity, age of six milliseconds, place and binder: the octets of the RFC. */
    @Test
    void theOfferIsThatOfTheRfc() throws Exception {
        var known = Rfc8448Session.since(clock.now());
        var config = Tls13.client().with("clock", clock).build();
        clock.pass(Duration.ofMillis(6));
        var bare = Hellos.extensions(hello(), Hellos.without(ExtensionType.PRE_SHARED_KEY));
        var keys = OfferedKeys.of(Optional.of(known), config.cipherSuites(), config);
        var offered = keys.in(bare, config);
        assertArrayEquals(
                RFC.message("resumed ClientHello"),
                keys.bound(offered, Transcript.EMPTY, config).bytes());
    }

    /** RFC 8448 §4: binder hash, early secret and what follows from it, the client's handshake secret among it. */
    @Test
    void whatIsDerivedIsThatOfTheRfc() throws Exception {
        var crypto = PerOperationBackend.platform();
        var hkdf = new Hkdf(crypto, HashAlgorithm.SHA256);
        byte[] bytes = RFC.message("resumed ClientHello");
        var binders = hello().extensions()
                .find(OfferedPreSharedKeys.class)
                .orElseThrow()
                .bindersLength();
        assertArrayEquals(
                hex("63224b2e4573f2d3454ca84b9d009a04f6be9e05711a8396473aefa01e924a14"),
                Transcript.EMPTY.plus(bytes).truncated(binders).hash(crypto, HashAlgorithm.SHA256));
        try (var key = Secret.owning(KEY.clone());
                var early = EarlySecret.of(hkdf, key);
                var shared = Secret.owning(hex("f44194756ff9ec9d25180635d66ea6824c6ab3bf179977be37f723570e7ccb2e"));
                var handshake = early.handshakeSecret(shared)) {
            byte[] hellos = Transcript.EMPTY
                    .plus(bytes)
                    .plus(RFC.message("resumed ServerHello"))
                    .hash(crypto, HashAlgorithm.SHA256);
            assertArrayEquals(hex("f736cb34fe25e701551bee6fd24c1cc7102a7daf9405cb15d97aafe16f757d03"), hellos);
            var server = handshake.trafficSecret(Role.SERVER, hellos);
            byte[] flight = RFC.message("resumed server flight");
            byte[] extensions = Arrays.copyOf(flight, flight.length - 36);
            byte[] seen = Transcript.EMPTY
                    .plus(bytes)
                    .plus(RFC.message("resumed ServerHello"))
                    .plus(extensions)
                    .hash(crypto, HashAlgorithm.SHA256);
            byte[] said = Arrays.copyOfRange(flight, flight.length - 32, flight.length);
            assertEquals(true, server.finishedKey().verifies(seen, said));
        }
    }
}
