package org.almosttls.event;

/** One end of the transport as far as it is known: a host name or address literal, and a port. */
public record Endpoint(String host, int port) {

    @Override
    public String toString() {
        return (host.contains(":") ? "[" + host + "]" : host) + ":" + port;
    }
}
