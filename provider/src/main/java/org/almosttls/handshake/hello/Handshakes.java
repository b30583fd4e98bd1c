package org.almosttls.handshake.hello;

import org.almosttls.alert.TlsAlertException;
import org.almosttls.config.NextHandshake;
import org.almosttls.config.TlsConfig;
import org.almosttls.handshake.Transition;
import org.almosttls.handshake.almost.client.SayHello;
import org.almosttls.handshake.almost.server.WaitHello;
import org.almosttls.handshake.hello.client.Start;
import org.almosttls.handshake.hello.server.WaitClientHello;
import org.almosttls.handshake.hello.server.WaitEitherHello;
import org.almosttls.handshake.tls12.FirstHandshake;
import org.almosttls.handshake.tls12.Past;
import org.almosttls.message.HandshakeDecoder;
import org.almosttls.record.RecordVersions;
import org.almosttls.registry.ProtocolVersion;

/** Where every handshake begins. */
public final class Handshakes {

    private Handshakes() {}

    /**
     * The first state of a connection, and what to do before anything comes.
     *
     * @param next for the handshakes that may follow on the same connection
     * @throws TlsAlertException NOTHING_TO_OFFER if the configuration leaves a client nothing to say
     */
    public static Transition begin(TlsConfig config, NextHandshake next) throws TlsAlertException {
        var past = new FirstHandshake(new NextHello(config, next));
        return switch (config.role()) {
            // Both families on one connection cannot be offered: a client that has TLS enabled means TLS.
            case CLIENT -> speaksOnlyAlmost(config) ? SayHello.begin(config) : Start.begin(config, past);
            case SERVER -> speaksOnlyAlmost(config) ? WaitHello.begin(config) : beginServer(config, past);
        };
    }

    private static Transition beginServer(TlsConfig config, Past past) {
        if (!config.versions().contains(ProtocolVersion.ALMOST_1))
            return Transition.to(new WaitClientHello(config, past)).decode(HandshakeDecoder.HELLOS);
        return Transition.to(new WaitEitherHello(config, past))
                .expectRecords(RecordVersions.EITHER)
                .decode(HandshakeDecoder.EITHER_HELLOS);
    }

    private static boolean speaksOnlyAlmost(TlsConfig config) {
        return !config.versions().isEmpty() && config.versions().stream().noneMatch(ProtocolVersion::isTls);
    }
}
