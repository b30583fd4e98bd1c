package org.almosttls.config;

/** RFC 6066 §3: which host names a server answers to. */
@FunctionalInterface
public interface ServerNamePolicy {

    /** Whether a client that asks for this name is at the right server. May be slow: never called while a connection is locked. */
    boolean serves(String hostName);

    static ServerNamePolicy any() {
        return hostName -> true;
    }
}
