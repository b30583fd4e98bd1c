package org.almosttls.agent.upgrade;

import java.net.InetSocketAddress;

/**
 * Who is connected to whom.
 *
 * @param role of this end
 * @param peer the other end
 * @param local this one
 */
record Connection(Role role, InetSocketAddress peer, InetSocketAddress local) {

    int localPort() {
        return local.getPort();
    }
}
