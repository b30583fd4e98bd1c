package org.almosttls.handshake.hello;

import static org.junit.jupiter.api.Assertions.assertFalse;

import org.almosttls.alert.Violation;
import org.almosttls.extension.UnknownExtension;
import org.almosttls.message.ClientHello;
import org.almosttls.message.HandshakeDecoder;
import org.almosttls.message.ServerHello;
import org.almosttls.registry.CipherSuite;
import org.almosttls.registry.ExtensionType;
import org.almosttls.registry.HandshakeType;
import org.almosttls.testkit.Expect;
import org.almosttls.testkit.Hellos;
import org.almosttls.testkit.StatePair;
import org.almosttls.testkit.TestCertificates;
import org.almosttls.testkit.TestConfig;
import org.junit.jupiter.api.Test;

/** RFC 6066 §7: a MAC of ten octets gives too little, and is left alone at both ends. */
class TruncatedHmacTest {

    private static final ExtensionType TRUNCATED_HMAC = new ExtensionType(4);
    private static final UnknownExtension OFFER = new UnknownExtension(TRUNCATED_HMAC, new byte[0]);

    @Test
    void aClientDoesNotOfferIt() throws Exception {
        var hello = (ClientHello) HandshakeDecoder.HELLOS.decode(
                pair().client().outbox().element().bytes());
        assertFalse(hello.extensions().has(TRUNCATED_HMAC));
    }

    @Test
    void aServerDoesNotAnswerIt() throws Exception {
        var pair = pair().changing(ClientHello.class, hello -> Hellos.extensions(hello, Hellos.plus(OFFER)))
                .until(HandshakeType.SERVER_HELLO);
        var hello = (ServerHello)
                HandshakeDecoder.HELLOS.decode(pair.server().outbox().element().bytes());
        assertFalse(hello.extensions().has(TRUNCATED_HMAC));
    }

    @Test
    void aServerThatAnswersItUnaskedIsRefused() throws Exception {
        var pair = pair().changing(ServerHello.class, hello -> Hellos.extensions(hello, Hellos.plus(OFFER)));
        Expect.violation(Violation.EXTENSION_NOT_OFFERED, pair::handshake);
    }

    private static StatePair pair() throws Exception {
        return new StatePair(
                TestConfig.client()
                        .suites(CipherSuite.TLS_RSA_WITH_AES_128_CBC_SHA)
                        .build(),
                TestConfig.server(TestCertificates.rsaServer()).build());
    }
}
