package org.almosttls.handshake.tls12;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import org.almosttls.alert.TlsAlertException;
import org.almosttls.alert.Violation;
import org.almosttls.config.ApplicationProtocolSelector;
import org.almosttls.extension.ApplicationProtocols;
import org.almosttls.message.ClientHello;
import org.almosttls.message.ServerHello;
import org.almosttls.registry.ExtensionType;
import org.almosttls.testkit.Expect;
import org.almosttls.testkit.Hellos;
import org.almosttls.testkit.Renegotiating;
import org.almosttls.testkit.StatePair;
import org.almosttls.testkit.TestCertificates;
import org.almosttls.testkit.TestConfig;
import org.junit.jupiter.api.Test;

/** RFC 7301 §3.2: the application protocol is definitive, and here it stays so over renegotiations. */
class RenegotiatedProtocolTest {

    private final AtomicInteger asked = new AtomicInteger();

    /** Another one each time. */
    private final ApplicationProtocolSelector fickle =
            (offered, facts) -> Optional.of(offered.get(asked.getAndIncrement() % offered.size()));

    private StatePair connected(TestConfig client) throws TlsAlertException {
        var server = Renegotiating.server(TestCertificates.ecServer()).with("protocolSelector", fickle);
        return new StatePair(client.build(), server.build()).handshake();
    }

    private StatePair speaking() throws TlsAlertException {
        var pair = connected(Renegotiating.client().applicationProtocols("h2", "http/1.1"));
        assertSpoken(Optional.of("h2"), pair);
        return pair;
    }

    private static void assertSpoken(Optional<String> protocol, StatePair pair) {
        for (boolean client : new boolean[] {true, false})
            assertEquals(protocol, pair.end(client).session().orElseThrow().applicationProtocol());
    }

    private static void renegotiate(StatePair pair) throws TlsAlertException {
        assertTrue(pair.client().renegotiate());
        pair.handshake();
    }

    @Test
    void aClientOffersWhatIsSpokenAndTheServerTakesIt() throws Exception {
        var pair = speaking().changing(ClientHello.class, hello -> {
            assertEquals(
                    Optional.of(new ApplicationProtocols(List.of("h2"))),
                    hello.extensions().find(ApplicationProtocols.class));
            return hello;
        });
        renegotiate(pair);
        assertSpoken(Optional.of("h2"), pair);
        assertEquals(1, asked.get());
    }

    @Test
    void ofALongerOfferTheServerTakesWhatIsSpoken() throws Exception {
        var pair = speaking();
        offering(pair, new ApplicationProtocols(List.of("http/1.1", "h2")));
        assertTrue(pair.client().renegotiate());
        pair.deliverNext();
        var answer = (ServerHello)
                pair.client().decoder().decode(pair.server().outbox().peek().bytes());
        assertEquals(
                List.of("h2"),
                answer.extensions()
                        .find(ApplicationProtocols.class)
                        .orElseThrow()
                        .names());
    }

    private static void offering(StatePair pair, ApplicationProtocols offer) {
        pair.changing(ClientHello.class, hello -> Hellos.extensions(hello, Hellos.with(offer)));
    }

    @Test
    void aClientThatWantsAnotherIsRefused() throws Exception {
        var pair = speaking();
        offering(pair, new ApplicationProtocols(List.of("http/1.1")));
        assertTrue(pair.client().renegotiate());
        Expect.violation(Violation.NO_APPLICATION_PROTOCOL, pair::handshake);
    }

    @Test
    void aServerThatChoosesAnotherIsRefused() throws Exception {
        var pair = speaking()
                .changing(
                        ServerHello.class,
                        hello -> Hellos.extensions(hello, Hellos.with(new ApplicationProtocols(List.of("http/1.1")))));
        assertTrue(pair.client().renegotiate());
        Expect.violation(Violation.ALPN_NOT_OFFERED, pair::handshake);
    }

    @Test
    void aClientThatSaysNothingIsAnsweredByNothingAndGoesOnWithIt() throws Exception {
        var pair = speaking()
                .changing(ClientHello.class, hello -> Hellos.extensions(hello, Hellos.without(ExtensionType.ALPN)));
        assertTrue(pair.client().renegotiate());
        pair.deliverNext();
        var answer = (ServerHello)
                pair.client().decoder().decode(pair.server().outbox().peek().bytes());
        assertFalse(answer.extensions().has(ExtensionType.ALPN));
    }

    @Test
    void whatBeganWithoutStaysWithout() throws Exception {
        var pair = connected(Renegotiating.client());
        offering(pair, new ApplicationProtocols(List.of("h2")));
        assertTrue(pair.client().renegotiate());
        pair.deliverNext();
        var answer = (ServerHello)
                pair.client().decoder().decode(pair.server().outbox().peek().bytes());
        assertFalse(answer.extensions().has(ExtensionType.ALPN));
        assertEquals(0, asked.get());
    }
}
