package org.almosttls.handshake;

import java.util.List;
import java.util.Optional;
import org.almosttls.alert.TlsAlertException;
import org.almosttls.alert.Violation;
import org.almosttls.config.OnRequest.Feature;
import org.almosttls.config.TlsConfig;
import org.almosttls.extension.Extension;
import org.almosttls.extension.Extensions;
import org.almosttls.extension.HeartbeatMode;

/**
 * RFC 6520 §2: whether the ends have agreed on heartbeats, which each connection does anew.
 *
 * @param peers what the peer has said, if they have
 */
public record Heartbeats(Optional<HeartbeatMode> peers) {

    /** What a client says of it. */
    public static List<Extension> offer(TlsConfig config) {
        return config.onRequest().has(Feature.HEARTBEAT) ? List.of(HeartbeatMode.PEER_ALLOWED_TO_SEND) : List.of();
    }

    /** By the server's answer. */
    public static Heartbeats answered(Extensions answer) throws TlsAlertException {
        return known(answer.find(HeartbeatMode.class));
    }

    /** By the client's offer, if this end is asked for heartbeats at all. */
    public static Heartbeats chosen(TlsConfig config, Extensions offer) throws TlsAlertException {
        return config.onRequest().has(Feature.HEARTBEAT)
                ? known(offer.find(HeartbeatMode.class))
                : new Heartbeats(Optional.empty());
    }

    private static Heartbeats known(Optional<HeartbeatMode> said) throws TlsAlertException {
        boolean unknown = said.filter(mode -> !mode.equals(HeartbeatMode.PEER_ALLOWED_TO_SEND)
                        && !mode.equals(HeartbeatMode.PEER_NOT_ALLOWED_TO_SEND))
                .isPresent();
        // RFC 6520 §2: another value must be answered by illegal_parameter.
        Violation.HEARTBEAT_MODE_UNKNOWN.when(unknown);
        return new Heartbeats(said);
    }

    /** What a server answers. */
    public List<Extension> answer() {
        return peers.isPresent() ? List.of(HeartbeatMode.PEER_ALLOWED_TO_SEND) : List.of();
    }

    /** From now on records of heartbeats may come, or none any more: RFC 6520 §2, each renegotiation decides anew. */
    public Transition begin(Transition transition) {
        boolean asks = peers.filter(HeartbeatMode.PEER_ALLOWED_TO_SEND::equals).isPresent();
        return transition.beat(peers.isPresent(), asks);
    }
}
