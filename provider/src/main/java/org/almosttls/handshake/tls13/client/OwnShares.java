package org.almosttls.handshake.tls13.client;

import java.security.GeneralSecurityException;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.almosttls.alert.TlsAlertException;
import org.almosttls.alert.Violation;
import org.almosttls.config.TlsConfig;
import org.almosttls.crypto.KeyAgreement;
import org.almosttls.crypto.Secret;
import org.almosttls.extension.KeyShareEntry;
import org.almosttls.extension.KeyShares;
import org.almosttls.handshake.tls13.ShareLengths;
import org.almosttls.registry.NamedGroup;

/** RFC 8446 §4.2.8: the keys that a client has drawn, of which a server takes one. Owns them. */
public record OwnShares(List<Share> all) implements AutoCloseable {

    public static final OwnShares NONE = new OwnShares(List.of());

    /** A key and the group it is in. */
    private record Share(NamedGroup group, KeyAgreement key) {}

    /**
     * In the group that is preferred; and where that is a hybrid one, also in the one that is part of it, for the many
     * servers that do not know the hybrid yet. All others are to be had by HelloRetryRequest.
     */
    public static OwnShares drawn(TlsConfig config) throws TlsAlertException {
        var groups = config.groups().stream().filter(config.crypto()::supports).toList();
        var first = groups.stream().limit(1);
        var second = groups.stream()
                .limit(1)
                .flatMap(group -> group.classicalPart().stream())
                .filter(groups::contains);
        return of(Stream.concat(first, second).toList(), config);
    }

    /** In these groups. */
    public static OwnShares of(List<NamedGroup> groups, TlsConfig config) throws TlsAlertException {
        var drawn = new ArrayList<Share>();
        try {
            for (var group : groups)
                drawn.add(new Share(group, config.crypto().keyAgreement(group, config.randomness())));
            return new OwnShares(List.copyOf(drawn));
        } catch (GeneralSecurityException unable) {
            new OwnShares(drawn).close();
            throw Violation.INTERNAL.causedBy(unable);
        }
    }

    public KeyShares extension() {
        return new KeyShares(all.stream()
                .map(share -> new KeyShareEntry(share.group, share.key.publicKey()))
                .toList());
    }

    boolean has(NamedGroup group) {
        return all.stream().anyMatch(share -> share.group.equals(group));
    }

    /** What this end's key and the server's come to, which the caller closes. Slow. */
    Secret agree(KeyShareEntry server, TlsConfig config) throws TlsAlertException {
        var own = all.stream()
                .filter(share -> share.group.equals(server.group()))
                .findAny()
                .orElseThrow(() -> new IllegalStateException(server.group().name()));
        ShareLengths.require(server, config.crypto());
        return own.key.agree(server.keyExchange());
    }

    @Override
    public void close() {
        all.forEach(share -> share.key.close());
    }
}
