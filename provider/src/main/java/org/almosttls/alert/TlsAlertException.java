package org.almosttls.alert;

/** A violation noticed: the connection answers with its alert and is over. */
public final class TlsAlertException extends Exception {

    private static final long serialVersionUID = 1L;

    private final Violation violation;

    TlsAlertException(Violation violation, String message, Throwable cause) {
        super(message, cause);
        this.violation = violation;
    }

    public Violation violation() {
        return violation;
    }
}
