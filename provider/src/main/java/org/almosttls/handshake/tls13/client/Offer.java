package org.almosttls.handshake.tls13.client;

import java.util.List;
import java.util.Optional;
import org.almosttls.config.NextHandshake;
import org.almosttls.config.TlsConfig;
import org.almosttls.extension.ServerNames;
import org.almosttls.keyschedule.Transcript;
import org.almosttls.message.ClientHello;
import org.almosttls.message.EncodedMessage;
import org.almosttls.message.ServerHello;
import org.almosttls.registry.ExtensionType;
import org.almosttls.registry.ProtocolVersion;

/**
 * What a client has said last, and what it needs to understand the answer. Owns the keys.
 *
 * @param version the one of this family that is offered
 * @param before what belongs into the transcript before the hello
 * @param retry the HelloRetryRequest that this hello answers, if it is not the first
 * @param keys those that are offered to go on from, if there are any
 * @param next what is wanted when the server asks, after the handshake, who this is
 */
public record Offer(
        TlsConfig config,
        ProtocolVersion version,
        EncodedMessage encoded,
        OwnShares shares,
        Transcript before,
        Optional<ServerHello> retry,
        OfferedKeys keys,
        NextHandshake next)
        implements AutoCloseable {

    /** The first hello of a connection. */
    public static Offer first(
            TlsConfig config, ProtocolVersion version, EncodedMessage hello, OwnShares shares, OfferedKeys keys) {
        return new Offer(
                config, version, hello, shares, Transcript.EMPTY, Optional.empty(), keys, NextHandshake.like(config));
    }

    public Offer followedBy(NextHandshake other) {
        return new Offer(config, version, encoded, shares, before, retry, keys, other);
    }

    ClientHello hello() {
        return (ClientHello) encoded.message();
    }

    Transcript transcript() {
        return before.plus(encoded.bytes());
    }

    /** RFC 8446 §D.4: whether ChangeCipherSpec is sent, which an echoed session id makes look like a resumption. */
    boolean isCompatible() {
        return hello().sessionId().length > 0;
    }

    /** RFC 8446 §4.2.10: whether data has gone with the hello. */
    boolean hasEarlyData() {
        return hello().extensions().has(ExtensionType.EARLY_DATA);
    }

    List<String> serverNames() {
        return hello().extensions()
                .find(ServerNames.class)
                .map(ServerNames::hostNames)
                .orElse(List.of());
    }

    @Override
    public void close() {
        shares.close();
        keys.close();
    }
}
