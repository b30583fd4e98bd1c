package org.almosttls.alert;

/** RFC 5246 §7.2: how severe an alert is. */
public enum AlertLevel {
    WARNING(1),
    FATAL(2);

    private final int code;

    AlertLevel(int code) {
        this.code = code;
    }

    public int code() {
        return code;
    }
}
