package org.almosttls.agent.upgrade;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.security.GeneralSecurityException;
import java.util.Optional;
import javax.net.ssl.SSLException;
import org.almosttls.agent.boot.AgentBridge;
import org.almosttls.agent.options.UpgradeOptions.Mode;

/** Chooses the way of a connection, once its first bytes are known, and says which connections stay in plaintext. */
final class Decider {

    private final Mode mode;
    private final Tls tls;
    private final KnownPeers peers;
    private final PlaintextReport report;

    Decider(Mode mode, Tls tls, KnownPeers peers, PlaintextReport report) {
        this.mode = mode;
        this.tls = tls;
        this.peers = peers;
        this.report = report;
    }

    Mode mode() {
        return mode;
    }

    /** A client is about to connect; if that is to be known later, it is found out now. */
    void connecting(InetSocketAddress peer, int millis) {
        if (mode == Mode.PERMISSIVE) peers.meet(peer, millis);
    }

    /** Nothing changes, and it is told what goes by. */
    Way watched(UpgradedSocket upgraded) {
        return new Witness(upgraded, report).watch(upgraded.plain());
    }

    /** Of a client that writes first what {@code first} says; or of whoever may not wait for that. */
    Way atOnce(UpgradedSocket upgraded, FirstBytes first) throws IOException {
        if (upgraded.role() == Role.CLIENT && first.isLeftAlone()) return leftAlone(upgraded, first);
        if (mode == Mode.PERMISSIVE && !peers.speaksTls(upgraded.peer())) {
            // Who cannot ask has not been answered.
            tls.unusable().ifPresent(report::unusable);
            report.plaintext(upgraded.connection(), "it does not answer a ClientHello");
            return upgraded.plain();
        }
        return secured(upgraded);
    }

    /** Of a server whose client has begun with {@code seen}, or with nothing. */
    Way afterLook(UpgradedSocket upgraded, FirstBytes seen) throws IOException {
        if (mode == Mode.STRICT) return afterStrictLook(upgraded, seen);
        if (seen == FirstBytes.HELLO && tls.hasKeys()) return secured(upgraded);
        if (seen == FirstBytes.HELLO)
            report.once("a client wants TLS, and there is no upgrade.keystore to be a server by");
        if (seen == FirstBytes.OTHER) report.plaintext(upgraded.connection(), "it does not begin with a ClientHello");
        return upgraded.plain();
    }

    private Way afterStrictLook(UpgradedSocket upgraded, FirstBytes seen) throws IOException {
        if (seen == FirstBytes.HELLO) return secured(upgraded);
        // Who is gone has said nothing.
        if (seen == FirstBytes.TOO_FEW) return helloNext(upgraded.plain(), seen);
        report.plaintext(upgraded.connection(), "it is refused");
        upgraded.raw().close();
        throw new SSLException("upgrade=strict: the client speaks plaintext at port "
                + upgraded.connection().localPort());
    }

    private static Way helloNext(Way plain, FirstBytes request) {
        return new Way(plain.in(), new HelloNext(plain.out(), request), Optional.empty());
    }

    private Way leftAlone(UpgradedSocket upgraded, FirstBytes first) {
        report.leftAlone(upgraded.connection(), first);
        Way plain = upgraded.plain();
        boolean owesHello = first == FirstBytes.POSTGRES_REQUEST || first == FirstBytes.LDAP_START_TLS;
        if (mode != Mode.STRICT || !owesHello) return plain;
        return helloNext(plain, first);
    }

    private Way secured(UpgradedSocket upgraded) throws IOException {
        try {
            var socket = upgraded.role() == Role.CLIENT
                    ? tls.client(upgraded.raw(), upgraded.peer())
                    : tls.server(upgraded.raw());
            return upgraded.secured(socket);
        } catch (GeneralSecurityException | IOException | RuntimeException e) {
            AgentBridge.countFailure();
            if (mode == Mode.STRICT) throw new SSLException("this connection cannot be upgraded: " + e.getMessage(), e);
            report.unusable(e);
            return upgraded.plain();
        }
    }
}
