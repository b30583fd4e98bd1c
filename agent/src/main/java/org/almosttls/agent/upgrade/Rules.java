package org.almosttls.agent.upgrade;

import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.List;
import java.util.Locale;
import org.almosttls.agent.options.UpgradeOptions.Ports;

/**
 * Which connections are meant.
 *
 * @param ports of servers; none for all
 * @param hosts of servers, as their clients call them; none for all
 */
record Rules(List<Ports> ports, List<String> hosts) {

    /** Whether a server is, by the port that it listens at; hosts alone say nothing of servers. */
    boolean meanServer(int port) {
        return ports.isEmpty() ? hosts.isEmpty() : hasPort(port);
    }

    /** Whether a client is, by whom it calls. The name is not looked up. */
    boolean meanClient(InetSocketAddress server) {
        return hasPort(server.getPort()) && hasHost(server);
    }

    private boolean hasPort(int port) {
        return ports.isEmpty() || ports.stream().anyMatch(range -> range.has(port));
    }

    private boolean hasHost(InetSocketAddress server) {
        if (hosts.isEmpty()) return true;
        String name = plain(server.getHostString());
        InetAddress address = server.getAddress();
        String number = address == null ? name : plain(address.getHostAddress());
        return hosts.stream().map(Rules::plain).anyMatch(host -> matches(host, name) || matches(host, number));
    }

    private static boolean matches(String host, String name) {
        return host.startsWith("*.") ? name.endsWith(host.substring(1)) : name.equals(host);
    }

    private static String plain(String name) {
        return name.toLowerCase(Locale.ROOT).replaceFirst("^\\[(.*)]$", "$1").replaceFirst("\\.$", "");
    }
}
