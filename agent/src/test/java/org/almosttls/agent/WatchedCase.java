package org.almosttls.agent;

/** What two ends are set up for, and what comes of it; the names of the stores are those of the test's keys. */
enum WatchedCase {
    GOOD13("server-ec", "trust", "TLSv1.3"),
    GOOD12("server-ec", "trust", "TLSv1.2"),
    MUTUAL13("either", "trust", "TLSv1.3"),
    MUTUAL12("either", "trust", "TLSv1.2"),
    UNKNOWN_CA("server-ec", "other", "TLSv1.3"),
    WRONG_NAME("server-elsewhere", "trust", "TLSv1.3"),
    EXPIRED("server-expired", "trust", "TLSv1.3"),
    NO_COMMON_VERSION("server-ec", "trust", "TLSv1.3"),
    NO_COMMON_SUITE("server-ec", "trust", "TLSv1.2"),
    NO_CLIENT_CERTIFICATE13("server-ec", "trust", "TLSv1.3"),
    NO_CLIENT_CERTIFICATE12("server-ec", "trust", "TLSv1.2"),
    ALPN_DISJOINT("server-ec", "trust", "TLSv1.3"),
    NAME_REFUSED("server-ec", "trust", "TLSv1.3"),
    PLAINTEXT_CLIENT("server-ec", "trust", "TLSv1.3"),
    PLAINTEXT_SERVER("server-ec", "trust", "TLSv1.3"),
    CLOSED_AFTER_HELLO("server-ec", "trust", "TLSv1.3");

    private final String serverStore;
    private final String trustStore;
    private final String version;

    WatchedCase(String serverStore, String trustStore, String version) {
        this.serverStore = serverStore;
        this.trustStore = trustStore;
        this.version = version;
    }

    String serverStore() {
        return serverStore + ".p12";
    }

    String trustStore() {
        return trustStore + ".p12";
    }

    /** What the client speaks. */
    String[] clientVersions() {
        return new String[] {version};
    }

    /** What the server speaks. */
    String[] serverVersions() {
        return this == NO_COMMON_VERSION ? new String[] {"TLSv1.2"} : new String[] {"TLSv1.3", "TLSv1.2"};
    }

    boolean asksClient() {
        return isMutual() || name().startsWith("NO_CLIENT_CERTIFICATE");
    }

    boolean isMutual() {
        return name().startsWith("MUTUAL");
    }
}
