package org.almosttls.agent.upgrade;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.security.GeneralSecurityException;
import java.util.Arrays;
import java.util.concurrent.TimeUnit;
import javax.net.ssl.SSLException;
import org.almosttls.agent.boot.AgentBridge;
import org.almosttls.agent.options.UpgradeOptions.Mode;

/** Chooses what becomes of a channel's connection, at its first byte in whatever direction. */
final class ChannelDecider {

    private static final byte[] NONE = new byte[0];
    private static final long MOMENT_MILLIS = 1000;

    private final Mode mode;
    private final Tls tls;
    private final KnownPeers peers;
    private final OwnTls own;
    private final PlaintextReport report;
    private final boolean able;

    /** Who does TLS, of those at the other end and of the application's servers. */
    record Known(KnownPeers peers, OwnTls own) {}

    /** @param able whether channels can be upgraded here; if not, they are told of, and refused where they have to be */
    ChannelDecider(Mode mode, Tls tls, Known known, PlaintextReport report, boolean able) {
        this.mode = mode;
        this.tls = tls;
        this.peers = known.peers();
        this.own = known.own();
        this.report = report;
        this.able = able;
    }

    OwnTls own() {
        return own;
    }

    void connecting(InetSocketAddress peer) {
        if (mode == Mode.PERMISSIVE && able && !Callers.areTls()) peers.meet(peer, 0);
    }

    /** The application writes these bytes; none if nobody knows them. */
    void beforeWrite(ChannelStart start, Network network, ByteBuffer source) throws IOException {
        if (!start.isDecided()) decideToWrite(start, network, source);
        else if (start.isWatched()) answer(start, network, source);
        // Who is gone has said nothing.
        if (start.isMute()) throw refused(start, network);
    }

    private void answer(ChannelStart start, Network network, ByteBuffer source) throws IOException {
        if (own.answers(start.given(), source) && mode == Mode.STRICT) throw refused(start, network);
    }

    private void decideToWrite(ChannelStart start, Network network, ByteBuffer source) throws IOException {
        if (!tryLock(start)) {
            synchronized (start) {
                if (!start.isDecided()) decide(start, network, FirstBytes.OTHER, NONE);
            }
            return;
        }
        try {
            if (start.isDecided()) return;
            byte[] bytes = new byte[Math.min(source.remaining(), FirstBytes.ENOUGH_FOR_ALL)];
            source.get(source.position(), bytes);
            boolean client = start.connection().role() == Role.CLIENT;
            // A server that speaks first cannot wait here; who must have TLS waits for it in the handshake.
            if (!client && mode == Mode.STRICT && able) secure(start, NONE);
            else decide(start, network, client ? FirstBytes.of(bytes, 0, bytes.length) : FirstBytes.OTHER, NONE);
        } finally {
            start.lock.unlock();
        }
    }

    /** A thread that waits for a client's first bytes has it, and a server that speaks first need not wait so long. */
    private boolean tryLock(ChannelStart start) {
        try {
            if (mode != Mode.STRICT && start.connection().role() == Role.SERVER)
                return start.lock.tryLock(mode == Mode.OBSERVE ? 0 : MOMENT_MILLIS, TimeUnit.MILLISECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
        }
        start.lock.lock();
        return true;
    }

    /** The application reads; undecided is what has too little to read. */
    void beforeRead(ChannelStart start, Network network) throws IOException {
        if (start.isDecided()) return;
        start.lock.lock();
        try {
            if (start.isDecided()) return;
            if (start.connection().role() == Role.SERVER) lookAtClient(start, network);
            else decide(start, network, FirstBytes.OTHER, NONE);
        } finally {
            start.lock.unlock();
        }
    }

    /** The application has read, up to where the buffer is now. */
    void afterRead(ChannelStart start, ByteBuffer destination, int from) {
        if (start.isWatched() && destination.position() > from) own.reads(start.given(), destination, from);
    }

    void closing(ChannelStart start) {
        if (start.isWatched()) own.closes(start.given());
    }

    private void lookAtClient(ChannelStart start, Network network) throws IOException {
        ByteBuffer head = start.look();
        while (true) {
            FirstBytes first = FirstBytes.of(head.array(), 0, Math.min(head.position(), FirstBytes.ENOUGH));
            boolean known = head.position() > 0 && first != FirstBytes.TOO_FEW;
            int count = known ? 0 : network.read(head);
            byte[] seen = Arrays.copyOf(head.array(), head.position());
            synchronized (start) {
                // By a server that has spoken meanwhile.
                if (start.isDecided()) start.plain(seen);
                else if (known || count < 0) decide(start, network, first, seen);
            }
            if (start.isDecided() || count == 0) return;
        }
    }

    /** @param seen what has been read of the network */
    private void decide(ChannelStart start, Network network, FirstBytes first, byte[] seen) throws IOException {
        Connection connection = start.connection();
        boolean client = connection.role() == Role.CLIENT;
        if (mode == Mode.OBSERVE) {
            if (first == FirstBytes.OTHER) report.plaintext(connection, "nothing is changed");
            else if (first.isLeftAlone()) report.leftAlone(connection, first);
            start.plain(seen);
        } else if (client && isOwn(first)) {
            report.leftAlone(connection, first);
            start.plain(seen);
        } else if (!client
                && first == FirstBytes.HELLO
                && own.isLikely(start.network().channelOrNull(), connection)) {
            start.watch(own.handsOn(connection.local(), seen));
            start.plain(seen);
        } else if (wantsTls(connection, first)) {
            secure(start, seen);
        } else {
            plain(start, network, first, seen);
        }
    }

    private boolean isOwn(FirstBytes first) {
        boolean whole = first == FirstBytes.HELLO || first == FirstBytes.CONNECT;
        return whole || first.isLeftAlone() && mode != Mode.STRICT;
    }

    private boolean wantsTls(Connection connection, FirstBytes first) {
        if (!able) return false;
        if (connection.role() == Role.CLIENT) return mode == Mode.STRICT || peers.speaksTls(connection.peer());
        return first == FirstBytes.HELLO && (tls.hasKeys() || mode == Mode.STRICT);
    }

    private void plain(ChannelStart start, Network network, FirstBytes first, byte[] seen) throws IOException {
        boolean silent = first == FirstBytes.TOO_FEW;
        if (mode == Mode.PERMISSIVE && able && start.connection().role() == Role.CLIENT)
            tls.unusable().ifPresent(report::unusable);
        if (!silent) report.plaintext(start.connection(), mode == Mode.STRICT ? "it is refused" : "it stays as it is");
        if (mode != Mode.STRICT) start.plain(seen);
        else if (silent) start.silent(seen);
        else throw refused(start, network);
    }

    private static SSLException refused(ChannelStart start, Network network) throws IOException {
        network.close();
        return new SSLException("upgrade=strict: there is plaintext at port "
                + start.connection().localPort());
    }

    private void secure(ChannelStart start, byte[] seen) throws IOException {
        try {
            Connection connection = start.connection();
            var secure = new SecureChannel(tls.engine(connection), seen);
            if (connection.role() == Role.SERVER) start.watch(GivenFirst.decrypted(connection.local()));
            start.secured(secure);
        } catch (GeneralSecurityException | IOException | RuntimeException e) {
            AgentBridge.countFailure();
            if (mode == Mode.STRICT) throw new SSLException("this connection cannot be upgraded: " + e.getMessage(), e);
            report.unusable(e);
            start.plain(seen);
        }
    }
}
