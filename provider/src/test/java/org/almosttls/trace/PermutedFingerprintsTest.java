package org.almosttls.trace;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.HashSet;
import java.util.Optional;
import org.almosttls.alert.TlsAlertException;
import org.almosttls.config.OnRequest.Feature;
import org.almosttls.handshake.Action;
import org.almosttls.message.ClientHello;
import org.almosttls.testkit.FixedRandomness;
import org.almosttls.testkit.StateEnd;
import org.almosttls.testkit.Tls13;
import org.junit.jupiter.api.Test;

/** What the fingerprints make of a client whose extensions come in another order each time. */
class PermutedFingerprintsTest {

    private static ClientHello hello(long seed, Feature... features) throws TlsAlertException {
        var client = Tls13.client()
                .applicationProtocols("h2", "http/1.1")
                .with("randomness", new FixedRandomness(seed))
                .requesting(features);
        var sent = new StateEnd(client.build()).actions(Action.Send.class).get(0);
        return (ClientHello) sent.message().message();
    }

    /** It is made of sorted lists, without what stands for nothing. */
    @Test
    void ja4StaysTheSame() throws Exception {
        var plain = Ja4.of(hello(0));
        assertTrue(plain.isPresent());
        for (int seed = 1; seed < 20; seed++) {
            assertEquals(plain, Ja4.of(hello(seed, Feature.PERMUTE_EXTENSIONS)));
            assertEquals(plain, Ja4.of(hello(seed, Feature.PERMUTE_EXTENSIONS, Feature.GREASE)));
        }
    }

    /** It has the extensions as they come. */
    @Test
    void ja3IsAnotherEachTime() throws Exception {
        var all = new HashSet<Optional<String>>();
        for (int seed = 0; seed < 20; seed++) all.add(Ja3.of(hello(seed, Feature.PERMUTE_EXTENSIONS)));
        assertTrue(all.size() > 15, all.toString());
    }
}
