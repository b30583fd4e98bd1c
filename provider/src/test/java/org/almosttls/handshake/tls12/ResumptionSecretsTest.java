package org.almosttls.handshake.tls12;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import java.util.HexFormat;
import java.util.stream.Stream;
import org.almosttls.alert.Violation;
import org.almosttls.config.ResumableSession;
import org.almosttls.crypto.Secret;
import org.almosttls.message.ClientHello;
import org.almosttls.message.Finished;
import org.almosttls.registry.HandshakeType;
import org.almosttls.testkit.Expect;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What a resumed session's secret proves, and that no copy of it is left lying around. */
class ResumptionSecretsTest extends Acquaintance {

    /** RFC 9850: the same secret under another client random. */
    @Test
    void theKeyLogHasAllConnections() throws Exception {
        pair().handshake();
        byte[] secret = ofServer.kept().get(0).master().bytes();
        var second = pair().until(HandshakeType.SERVER_HELLO);
        assertArrayEquals(secret, second.server().secret().secret().bytes());
        second.untilChangeCipherSpec();
        assertArrayEquals(secret, second.client().secret().secret().bytes());
        var hello = (ClientHello) sent(second.client(), ClientHello.class).message();
        assertArrayEquals(hello.random(), second.server().secret().clientRandom());
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void finishedIsChecked(boolean client) throws Exception {
        pair().handshake();
        var second = pair().until(HandshakeType.FINISHED);
        if (!client) {
            second.deliverNext();
            second.until(HandshakeType.FINISHED);
        }
        second.changing(Finished.class, finished -> new Finished(new byte[12]));
        Expect.violation(Violation.WRONG_FINISHED, second::handshake);
    }

    /** A client that has the id, which goes over the wire in the clear, but not the secret. */
    @Test
    void theIdAloneIsWorthNothing() throws Exception {
        pair().handshake();
        var known = ofClient.kept().get(0);
        ofClient.forget(known.session().id());
        ofClient.keep(new ResumableSession(known.session(), Secret.owning(new byte[48])));
        var second = pair().until(HandshakeType.FINISHED);
        // The client is the first to notice; the server would as well.
        Expect.violation(Violation.WRONG_FINISHED, second::handshake);
        second.client().state().close();
        second.server().state().close();
    }

    @Test
    void nothingIsLeftOfAnAbbreviatedHandshake() throws Exception {
        pair().handshake();
        var second = pair().handshake();
        var copies = Stream.concat(ofClient.handedOut().stream(), ofServer.handedOut().stream())
                .map(each -> each.master())
                .toList();
        assertEquals(2, copies.size());
        copies.forEach(ResumptionTest::assertErased);
        assertErased(second.client().secret().secret());
        assertErased(second.server().secret().secret());
        assertFalse(isErased(ofServer.kept().get(0).master()));
    }

    @ParameterizedTest
    @ValueSource(strings = {"SERVER_HELLO", "FINISHED"})
    void nothingIsLeftOfAnAbbreviatedHandshakeThatIsGivenUp(HandshakeType next) throws Exception {
        pair().handshake();
        var second = pair().until(next);
        second.client().state().close();
        second.server().state().close();
        ofClient.handedOut().forEach(each -> assertErased(each.master()));
        ofServer.handedOut().forEach(each -> assertErased(each.master()));
    }

    @Test
    void aSessionThatTheServerDeclinesIsErased() throws Exception {
        pair().handshake();
        ofServer.forget(ofServer.kept().get(0).session().id());
        pair().handshake();
        ofClient.handedOut().forEach(each -> assertErased(each.master()));
    }

    @Test
    void noStatePrintsTheSecret() throws Exception {
        pair().handshake();
        var hex = HexFormat.of().formatHex(ofServer.kept().get(0).master().bytes());
        var second = pair().until(HandshakeType.FINISHED);
        assertFalse(second.client().state().toString().contains(hex));
        assertFalse(second.server().state().toString().contains(hex));
        assertFalse(ofServer.kept().toString().contains(hex));
    }
}
