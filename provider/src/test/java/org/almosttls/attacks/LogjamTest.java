package org.almosttls.attacks;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.math.BigInteger;
import java.util.List;
import org.almosttls.alert.TlsAlertException;
import org.almosttls.alert.Violation;
import org.almosttls.message.ClientHello;
import org.almosttls.message.HandshakeDecoder;
import org.almosttls.message.ServerKeyExchange;
import org.almosttls.message.ServerParams.ServerDhParams;
import org.almosttls.registry.CipherSuite;
import org.almosttls.registry.HandshakeType;
import org.almosttls.registry.KeyExchange;
import org.almosttls.registry.NamedGroup;
import org.almosttls.testkit.Expect;
import org.almosttls.testkit.Hellos;
import org.almosttls.testkit.StatePair;
import org.almosttls.testkit.TestCertificates;
import org.almosttls.testkit.TestConfig;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** CVE-2015-4000: somebody between the ends has the server choose a field of export strength, and breaks it. */
class LogjamTest {

    private static final CipherSuite DHE =
            CipherSuite.named("TLS_DHE_RSA_WITH_AES_128_GCM_SHA256").orElseThrow();

    /** TLS_DHE_RSA_EXPORT_WITH_DES40_CBC_SHA. */
    private static final CipherSuite EXPORT = new CipherSuite(0x0014);

    @Test
    void aServerHasNoFieldForExport() throws Exception {
        var pair = pair().changing(ClientHello.class, hello -> Hellos.suites(hello, List.of(EXPORT)));
        Expect.violation(Violation.NO_COMMON_SUITE, pair::handshake);
    }

    @Test
    void aServersFieldIsNeverShort() throws Exception {
        var server = pair().until(HandshakeType.SERVER_KEY_EXCHANGE).server();
        var exchange = (ServerKeyExchange) HandshakeDecoder.tls12(KeyExchange.DHE)
                .decode(server.outbox().element().bytes());
        assertEquals(2048, ((ServerDhParams) exchange.params()).prime().bitLength());
    }

    /** 512 bits were within everybody's reach, and 1023 are none the better. */
    @ParameterizedTest
    @ValueSource(ints = {512, 768, 1023})
    void aShortPrimeIsRefusedWhoeverSignedIt(int bits) throws Exception {
        var prime = BigInteger.ONE.shiftLeft(bits - 1).setBit(0).toByteArray();
        var params = new ServerDhParams(prime, new byte[] {2}, new byte[] {5});
        var pair = pair().changing(
                        ServerKeyExchange.class, it -> new ServerKeyExchange(params, it.scheme(), it.signature()));
        Expect.violation(Violation.WEAK_FIELD, pair::handshake);
    }

    private static StatePair pair() throws TlsAlertException {
        return new StatePair(
                TestConfig.client().suites(DHE).groups(NamedGroup.X25519).build(),
                TestConfig.server(TestCertificates.rsaServer()).build());
    }
}
