package org.almosttls.registry;

/** Which end of the connection: the client (Bob) speaks first, the server (Alice) answers. */
public enum Role {
    CLIENT,
    SERVER;

    public Role peer() {
        return this == CLIENT ? SERVER : CLIENT;
    }
}
