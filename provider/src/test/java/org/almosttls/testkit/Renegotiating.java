package org.almosttls.testkit;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;

import java.security.Provider;
import java.util.Arrays;
import java.util.Optional;
import java.util.function.Supplier;
import org.almosttls.AlmostTlsProvider;
import org.almosttls.config.OnRequest;
import org.almosttls.config.OnRequest.Feature;
import org.almosttls.event.TlsEventListener;
import org.almosttls.jsse.Scope;
import org.almosttls.jsse.TextbookTerms;

/** Ends that do another handshake on the same connection if anybody wants it. */
public final class Renegotiating {

    /** Our provider with that option. */
    public static final Provider OURS = provider(TlsEventListener::none);

    private Renegotiating() {}

    public static Provider provider(Supplier<TlsEventListener> listener) {
        var textbook = new TextbookTerms(() -> false, said -> {});
        return new AlmostTlsProvider(
                listener, textbook, Scope.ANY, () -> OnRequest.of(Feature.RENEGOTIATION), Optional::empty);
    }

    public static TestConfig client(TestIdentity... identities) {
        return TestConfig.client(identities).requesting(Feature.RENEGOTIATION);
    }

    public static TestConfig server(TestIdentity... identities) {
        return TestConfig.server(identities).requesting(Feature.RENEGOTIATION);
    }

    /** A pair that has had its first handshake. */
    public static ConnectionPair connected() throws Exception {
        var pair = new ConnectionPair(
                client().build(), server(TestCertificates.ecServer()).build());
        pair.handshake();
        takeFinished(pair);
        return pair;
    }

    private static void takeFinished(ConnectionPair pair) {
        pair.client().connection().takeFinished();
        pair.server().connection().takeFinished();
    }

    /** Application data gets from one end to the other, after all that came before. */
    public static void assertFlows(End from, End to, byte... data) throws Exception {
        int before = to.data().length;
        to.deliver(from.seal(data));
        to.receive();
        byte[] all = to.data();
        assertArrayEquals(data, Arrays.copyOfRange(all, before, all.length));
    }
}
