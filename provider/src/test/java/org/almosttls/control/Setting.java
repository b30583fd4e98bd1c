package org.almosttls.control;

/** A version of TLS, over a transport of the socket's own or over the caller's. */
enum Setting {
    PLAIN_12("TLSv1.2", false),
    PLAIN_13("TLSv1.3", false),
    LAYERED_12("TLSv1.2", true),
    LAYERED_13("TLSv1.3", true);

    private final String version;
    private final boolean layered;

    Setting(String version, boolean layered) {
        this.version = version;
        this.layered = layered;
    }

    String version() {
        return version;
    }

    boolean isLayered() {
        return layered;
    }

    boolean is13() {
        return version.equals("TLSv1.3");
    }
}
