package org.almosttls.interop;

import java.util.Set;

/** A TLS stack that is not ours, as server and as client. */
interface Opposite {

    /** What not every stack can be told to do, or tell. */
    enum Ability {
        /** Has more than the default groups, in any order. */
        CHOOSE_GROUPS,
        /** Speaks TLS 1.2 without extended master secret. */
        LEAVE_OUT_EXTENDED_MASTER_SECRET,
        /** As a server, refuses names that it is not asked to serve. */
        REFUSE_NAMES,
        /** As a server, refuses clients that speak none of its application protocols. */
        REFUSE_APPLICATION_PROTOCOLS,
        /** Speaks TLS 1.1. */
        OLDER_VERSION,
        /** As a client, shows a certificate of a CA that the server did not name. */
        SHOW_ANY_CERTIFICATE,
        /** As a server, says close_notify first. */
        CLOSE_FIRST_AS_SERVER,
        /** As a server, takes a client without certificate although it asked for one. */
        WANT_CLIENTS_PROOF
    }

    boolean can(Ability ability);

    /** What it says where the RFC would have it say {@code alert}. */
    default Set<String> says(String alert) {
        return Set.of(alert);
    }

    /** A server on a port of its own choice, for one connection. */
    Correspondent listen(Terms own) throws Exception;

    /** A client. */
    Correspondent call(Terms own, int port) throws Exception;

    /** A server for as many connections, between which it can resume sessions in this way and in no other. */
    default Series serve(Terms own, Resumption how) throws Exception {
        throw new IllegalStateException("for single connections only");
    }

    /** A client for as many connections, between which it can resume sessions in this way and in no other. */
    default Series visit(Terms own, Resumption how) throws Exception {
        throw new IllegalStateException("for single connections only");
    }
}
