package org.almosttls.agent.upgrade;

import java.util.HashSet;
import java.util.Set;
import org.almosttls.agent.report.Told;

/** Who still speaks plaintext: one line for each pair of a peer and a port, and not without end. */
final class PlaintextReport {

    private static final int MOST = 256;

    private final Told told;
    private final Set<String> pairs = new HashSet<>();

    PlaintextReport(Told told) {
        this.told = told;
    }

    /** It stays in plaintext. */
    void plaintext(Connection connection, String why) {
        tell("plaintext: " + pair(connection), "; " + why);
    }

    /** The application, or another, sees to it. */
    void leftAlone(Connection connection, FirstBytes what) {
        // What is TLS already is told with the sessions.
        if (what != FirstBytes.HELLO) tell("left alone: " + pair(connection), "; " + what.meaning());
    }

    /** A server's own TLS over channels, which is left alone from now on. */
    void ownTls(int port, boolean lost) {
        String before = lost ? ", of which one connection had to fail to show it" : "";
        tell("left alone: server at port " + port, "; " + FirstBytes.HELLO.meaning() + before);
    }

    /** What looked like it, and is none. */
    void noOwnTls(int port) {
        tell(
                "plaintext: server at port " + port,
                "; for one connection it looked as if it did TLS by itself, and that connection has failed");
    }

    private void tell(String pair, String why) {
        boolean last;
        synchronized (pairs) {
            if (pairs.size() >= MOST || !pairs.add(pair)) return;
            last = pairs.size() == MOST;
        }
        told.line(pair + why);
        if (last) told.line("plaintext: there are more, which are not told any more");
    }

    void once(String line) {
        told.once(line);
    }

    /** A connection is to be TLS and cannot be. */
    void unusable(Throwable why) {
        told.failure("a connection cannot be upgraded, it stays in plaintext", why);
    }

    private static String pair(Connection connection) {
        return connection.role() == Role.CLIENT
                ? "client of " + connection.peer().getHostString() + ":"
                        + connection.peer().getPort()
                : "server at port " + connection.localPort() + ", its client "
                        + connection.peer().getHostString();
    }
}
