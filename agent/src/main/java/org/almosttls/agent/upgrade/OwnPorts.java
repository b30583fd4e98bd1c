package org.almosttls.agent.upgrade;

import java.net.InetSocketAddress;
import java.util.HashMap;
import java.util.Map;

/** Where the application listens, by what is known of its own TLS there. */
final class OwnPorts {

    private static final int MOST = 1024;

    private final Map<InetSocketAddress, Knowledge> known = new HashMap<>();
    private final PlaintextReport report;

    /** What is known. */
    enum Knowledge {
        NOTHING,
        /** It does TLS itself. */
        OWN,
        /** It looked so, and does not. */
        NOT_OWN
    }

    OwnPorts(PlaintextReport report) {
        this.report = report;
    }

    synchronized Knowledge of(InetSocketAddress port) {
        return known.getOrDefault(port, Knowledge.NOTHING);
    }

    /** @param lost whether a connection had to fail for that */
    void own(InetSocketAddress port, boolean lost) {
        if (of(port) == Knowledge.OWN) return;
        note(port, Knowledge.OWN);
        report.ownTls(port.getPort(), lost);
    }

    /** A ClientHello was handed on as it came, and was not what the application wanted. */
    void notOwn(InetSocketAddress port) {
        boolean was = of(port) == Knowledge.OWN;
        note(port, was ? Knowledge.NOTHING : Knowledge.NOT_OWN);
        report.noOwnTls(port.getPort());
    }

    private synchronized void note(InetSocketAddress port, Knowledge knowledge) {
        if (known.size() < MOST || known.containsKey(port)) known.put(port, knowledge);
    }
}
