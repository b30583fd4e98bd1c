package org.almosttls.agent.upgrade;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.SocketException;
import java.net.SocketTimeoutException;
import java.util.Optional;
import javax.net.ssl.SSLSocket;
import org.almosttls.agent.options.UpgradeOptions.Mode;

/**
 * A connection that the application has in plaintext. By which way it goes is decided by its first byte, in whatever
 * direction, and then never again.
 */
final class UpgradedSocket {

    /** How long a server that speaks first waits for a ClientHello, before it is taken to have none to wait for. */
    private static final int MOMENT_MILLIS = 1000;

    /** How long a client's reader waits for its writer. */
    private static final int FIRST_WORD_MILLIS = 3000;

    private final Decider decider;
    private final Role role;
    private final RawSocket raw;
    private final Head head;
    private final Choice choice = new Choice();
    private final UpgradedInput input;
    private final UpgradedOutput output;

    private UpgradedSocket(Decider decider, Role role, RawSocket raw, Head head) {
        this.decider = decider;
        this.role = role;
        this.raw = raw;
        this.head = head;
        this.input = new UpgradedInput(this, raw.socket());
        this.output = new UpgradedOutput(this, raw.socket());
    }

    /** In a thread that is at work for us, to which the socket shows the streams of the network. */
    static UpgradedSocket over(Socket socket, Role role, Decider decider) throws IOException {
        Head head = new Head(socket.getInputStream());
        return new UpgradedSocket(decider, role, new RawSocket(socket, head, socket.getOutputStream()), head);
    }

    /** For the application. */
    UpgradedInput input() {
        return input;
    }

    /** For the application. */
    UpgradedOutput output() {
        return output;
    }

    Role role() {
        return role;
    }

    /** The other end. */
    InetSocketAddress peer() {
        return new InetSocketAddress(raw.getInetAddress(), raw.getPort());
    }

    Connection connection() {
        return new Connection(role, peer(), new InetSocketAddress(raw.getLocalAddress(), raw.getLocalPort()));
    }

    /** Null as long as nobody has read or written. */
    Way wayOrNull() {
        return choice.orNull();
    }

    /** The application wants to read, and waits for it. */
    Way onRead() throws IOException {
        Way known = choice.orNull();
        if (known != null) return known;
        if (decider.mode() == Mode.OBSERVE) return watched();
        if (role == Role.SERVER) return lookAtClient();
        if (decider.mode() == Mode.STRICT && choice.isBegunElsewhere()) waitForWriter();
        return chooseAtOnce(FirstBytes.OTHER);
    }

    /** The application writes these bytes now. */
    Way onWrite(byte[] source, int offset, int length) throws IOException {
        Way known = choice.orNull();
        if (known != null) return known;
        if (decider.mode() == Mode.OBSERVE) return watched();
        if (role == Role.SERVER) return decider.mode() == Mode.STRICT ? lookAtClient() : waitForClient();
        return chooseAtOnce(FirstBytes.of(source, offset, length));
    }

    /** Whether a read would find something, or a handshake to do. */
    boolean isReadyToRead() throws IOException {
        return choice.orNull() != null || role == Role.CLIENT || rawAvailable() > 0;
    }

    int rawAvailable() throws IOException {
        return head.available();
    }

    /** Octets, 0 if those that are there are not all of a record, or -1 at the end. */
    int readWhatHasCome(Way way, byte[] destination) throws IOException {
        head.hurry();
        try {
            return way.in().read(destination, 0, destination.length);
        } catch (SocketTimeoutException incomplete) {
            return 0;
        } finally {
            head.takeTime();
        }
    }

    private Way watched() {
        return choice.make(decider.watched(this));
    }

    /** A thread that does nothing but read is there before another has asked for TLS by itself. */
    private void waitForWriter() throws SocketException {
        int timeout = raw.getSoTimeout();
        choice.isMadeWithin(timeout == 0 ? FIRST_WORD_MILLIS : Math.min(timeout, FIRST_WORD_MILLIS));
        if (raw.isClosed()) throw new SocketException("Socket closed");
    }

    private Way chooseAtOnce(FirstBytes first) throws IOException {
        choice.lock.lock();
        try {
            Way known = choice.orNull();
            return known != null ? known : choice.make(decider.atOnce(this, first));
        } finally {
            choice.lock.unlock();
        }
    }

    private Way lookAtClient() throws IOException {
        head.lock().lock();
        try {
            Way known = choice.orNull();
            return known != null ? known : choice.make(decider.afterLook(this, head.look()));
        } finally {
            head.lock().unlock();
        }
    }

    /** Before a server that speaks first does. */
    private Way waitForClient() throws IOException {
        if (!head.lock().tryLock()) return waitForReader();
        try {
            Way known = choice.orNull();
            return known != null ? known : choice.make(decider.afterLook(this, lookForAMoment()));
        } finally {
            head.lock().unlock();
        }
    }

    private FirstBytes lookForAMoment() throws IOException {
        int timeout = raw.getSoTimeout();
        raw.setSoTimeout(MOMENT_MILLIS);
        try {
            return head.look();
        } catch (SocketTimeoutException silent) {
            return FirstBytes.OTHER;
        } finally {
            raw.setSoTimeout(timeout);
        }
    }

    /** Another thread is looking already. */
    private Way waitForReader() throws IOException {
        if (choice.isMadeWithin(MOMENT_MILLIS)) return choice.orNull();
        return choice.make(decider.afterLook(this, FirstBytes.OTHER));
    }

    /** As it was. */
    Way plain() {
        return new Way(head, raw.getOutputStream(), Optional.empty());
    }

    /** With TLS over it. */
    Way secured(SSLSocket tls) throws IOException {
        return new Way(tls.getInputStream(), tls.getOutputStream(), Optional.of(tls));
    }

    RawSocket raw() {
        return raw;
    }

    /** Says close_notify. Who has not said anything yet does the handshake first, so that it is TLS that ends. */
    void shutdownOutput() throws IOException {
        Optional<SSLSocket> tls = onWrite(new byte[0], 0, 0).tls();
        if (tls.isEmpty()) return;
        raw.halfClosing(true);
        try {
            // Which does the first handshake, and no other.
            tls.get().getSession();
            tls.get().shutdownOutput();
        } finally {
            raw.halfClosing(false);
        }
    }

    /** Says close_notify, if there is anybody to say it to. */
    void close() throws IOException {
        Optional<SSLSocket> tls = choice.now().flatMap(Way::tls);
        if (tls.isPresent()) tls.get().close();
    }
}
