package org.almosttls.testkit;

import java.security.Provider;
import javax.net.ssl.SSLContext;

/** Whose stack is the client, and whose the server. */
public enum Pairing {
    OURS_WITH_OURS(Contexts.OURS, Contexts.OURS),
    OURS_WITH_PLATFORM(Contexts.OURS, Contexts.PLATFORM),
    PLATFORM_WITH_OURS(Contexts.PLATFORM, Contexts.OURS),
    /** Says whether what is expected of ours is what the platform does. */
    PLATFORM_WITH_PLATFORM(Contexts.PLATFORM, Contexts.PLATFORM);

    private final Provider client;
    private final Provider server;

    Pairing(Provider client, Provider server) {
        this.client = client;
        this.server = server;
    }

    public boolean clientIsOurs() {
        return client == Contexts.OURS;
    }

    /** A client's of this version and those before it, with a key of its own if it is given one. */
    public SSLContext client(String version, TestIdentity... identity) {
        return Contexts.named(version, client, identity);
    }

    /** A server's for clients of this version. */
    public SSLContext server(String version, TestIdentity identity) {
        return Contexts.named(version, server, identity);
    }

    public SSLContext client() {
        return Contexts.client(client);
    }

    public SSLContext client(TestIdentity identity) {
        return Contexts.with(client, identity);
    }

    public SSLContext server(TestIdentity identity) {
        return Contexts.with(server, identity);
    }
}
