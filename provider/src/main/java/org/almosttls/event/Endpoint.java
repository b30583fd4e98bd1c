package org.almosttls.event;

/** One end of the transport as far as it is known: a host name or address literal, and a port. */
public record Endpoint(String host, int port) {

    // By hand, as those of a number of the registry.
    @Override
    public boolean equals(Object other) {
        return other instanceof Endpoint endpoint && endpoint.port == port && endpoint.host.equals(host);
    }

    @Override
    public int hashCode() {
        return 31 * host.hashCode() + port;
    }

    @Override
    public String toString() {
        return (host.contains(":") ? "[" + host + "]" : host) + ":" + port;
    }
}
