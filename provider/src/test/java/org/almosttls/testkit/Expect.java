package org.almosttls.testkit;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import org.almosttls.alert.TlsAlertException;
import org.almosttls.alert.Violation;
import org.junit.jupiter.api.function.Executable;

/** What tests expect of a peer's mistake. */
public final class Expect {

    private Expect() {}

    /** Runs {@code code}, which must notice {@code violation} and nothing else; the exception it threw. */
    public static TlsAlertException violation(Violation violation, Executable code) {
        var thrown = assertThrows(TlsAlertException.class, code, violation.name());
        assertEquals(violation, thrown.violation(), thrown.getMessage());
        Provocations.note(thrown);
        return thrown;
    }
}
