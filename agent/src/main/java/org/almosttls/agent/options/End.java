package org.almosttls.agent.options;

import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.SocketAddress;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;

/**
 * One end of a connection, as rules name it.
 *
 * @param host a name or an address, empty if it is not known
 * @param port 0 or less if it is not known
 */
public record End(String host, int port) {

    public End {
        host = host.toLowerCase(Locale.ROOT);
    }

    /** What an address is called, as far as it says so itself: nobody is asked for its name. */
    public static List<End> of(SocketAddress address) {
        if (!(address instanceof InetSocketAddress internet)) return List.of();
        End named = new End(internet.getHostString(), internet.getPort());
        return internet.isUnresolved() ? List.of(named) : List.of(named, numbered(internet));
    }

    private static End numbered(InetSocketAddress address) {
        return new End(address.getAddress().getHostAddress(), address.getPort());
    }

    public static List<End> of(InetAddress address, int port) {
        return of(new InetSocketAddress(address, port));
    }

    /** Both ends of a connection that there is. */
    public static List<End> of(Socket connected) {
        return Stream.of(connected.getRemoteSocketAddress(), connected.getLocalSocketAddress())
                .flatMap(address -> of(address).stream())
                .toList();
    }
}
