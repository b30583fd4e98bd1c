package org.almosttls.agent;

import java.util.Map;
import java.util.TreeMap;

/**
 * What each end's line gives as the cause: a pattern for the client and one for the server, {@code -} where the session is
 * good, {@code none} where there is no line.
 */
final class WatchedCauses {

    private static final Map<WatchedCase, String> OF_ANY = rows("""
            GOOD13 - -
            GOOD12 - -
            MUTUAL13 - -
            MUTUAL12 - -
            UNKNOWN_CA CERTIFICATE_UNTRUSTED RECEIVED_CERTIFICATE_UNKNOWN|ABANDONED
            WRONG_NAME CERTIFICATE_NAME_MISMATCH RECEIVED_CERTIFICATE_UNKNOWN|ABANDONED
            EXPIRED CERTIFICATE_EXPIRED RECEIVED_CERTIFICATE_(UNKNOWN|EXPIRED)|ABANDONED
            NO_COMMON_VERSION RECEIVED_PROTOCOL_VERSION VERSION_NOT_SUPPORTED
            NO_COMMON_SUITE RECEIVED_HANDSHAKE_FAILURE NO_COMMON_SUITE
            NO_CLIENT_CERTIFICATE13 RECEIVED_(BAD_CERTIFICATE|CERTIFICATE_REQUIRED)|- CERTIFICATE_REQUIRED
            NO_CLIENT_CERTIFICATE12 RECEIVED_(BAD_CERTIFICATE|HANDSHAKE_FAILURE)|ABANDONED CERTIFICATE_MISSING
            ALPN_DISJOINT RECEIVED_NO_APPLICATION_PROTOCOL NO_APPLICATION_PROTOCOL
            NAME_REFUSED RECEIVED_UNRECOGNIZED_NAME NAME_NOT_RECOGNIZED
            PLAINTEXT_CLIENT none NOT_TLS
            PLAINTEXT_SERVER NOT_TLS none
            CLOSED_AFTER_HELLO TRUNCATED none
            """);

    /** Its alert does not come out of an engine that has ended itself. */
    private static final Map<WatchedCase, String> OF_BCJSSE_ENGINES = rows("""
            UNKNOWN_CA CERTIFICATE_UNTRUSTED OPEN_AT_EXIT
            WRONG_NAME CERTIFICATE_NAME_MISMATCH OPEN_AT_EXIT
            EXPIRED CERTIFICATE_EXPIRED OPEN_AT_EXIT
            """);

    /**
     * It leaves names in certificates to trust managers that look at sockets, which the one of {@link WatchedStacks} does
     * not; a server without a common application protocol goes on without one; a name has no alert of its own.
     */
    private static final Map<WatchedCase, String> OF_CONSCRYPT = rows("""
            WRONG_NAME - -
            ALPN_DISJOINT - -
            NAME_REFUSED RECEIVED_HANDSHAKE_FAILURE NAME_NOT_RECOGNIZED
            """);

    /** An engine may be told of the end of the network without saying that it is too early. */
    private static final Map<WatchedCase, String> OF_CONSCRYPT_ENGINES = rows("CLOSED_AFTER_HELLO OPEN_AT_EXIT none");

    /** A client has another alert for most certificates; a server without a common application protocol goes on without one. */
    private static final Map<WatchedCase, String> OF_NETTY = rows("""
            UNKNOWN_CA CERTIFICATE_UNTRUSTED RECEIVED_BAD_CERTIFICATE
            WRONG_NAME CERTIFICATE_NAME_MISMATCH RECEIVED_BAD_CERTIFICATE
            ALPN_DISJOINT - -
            """);

    private WatchedCauses() {}

    private static Map<WatchedCase, String> rows(String table) {
        var rows = new TreeMap<WatchedCase, String>();
        table.lines().map(line -> line.split(" ", 2)).forEach(row -> rows.put(WatchedCase.valueOf(row[0]), row[1]));
        return rows;
    }

    /** A pattern for both, the client's first. */
    static String of(WatchedCase played, String stack, String face) {
        var causes = new TreeMap<>(OF_ANY);
        if (stack.equals("BCJSSE") && face.equals("engine")) causes.putAll(OF_BCJSSE_ENGINES);
        if (stack.equals("Conscrypt")) causes.putAll(OF_CONSCRYPT);
        if (stack.equals("Netty")) causes.putAll(OF_NETTY);
        if (stack.equals("Conscrypt") && face.equals("engine")) causes.putAll(OF_CONSCRYPT_ENGINES);
        var ends = causes.get(played).split(" ");
        return "(" + ends[0] + ") (" + ends[1] + ")";
    }
}
