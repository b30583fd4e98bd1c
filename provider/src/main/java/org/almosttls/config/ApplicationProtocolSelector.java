package org.almosttls.config;

import java.util.List;
import java.util.Optional;
import org.almosttls.alert.TlsAlertException;
import org.almosttls.alert.Violation;

/** RFC 7301 §3.2: how a server chooses among the application protocols that a client offers. */
@FunctionalInterface
public interface ApplicationProtocolSelector {

    /**
     * The protocol to speak, or nothing to go on as if the client had offered none. May be slow: never called while a
     * connection is locked.
     *
     * @param facts what else is agreed, such as the cipher suite, on which an application protocol may insist
     * @throws TlsAlertException NO_APPLICATION_PROTOCOL if none will do
     */
    Optional<String> select(List<String> offered, HandshakeFacts facts) throws TlsAlertException;

    /** The first of {@code supported} that is offered; no support at all ignores the offer. */
    static ApplicationProtocolSelector preferring(List<String> supported) {
        return (offered, facts) -> {
            if (supported.isEmpty()) return Optional.empty();
            var chosen = supported.stream().filter(offered::contains).findFirst();
            if (chosen.isEmpty())
                throw Violation.NO_APPLICATION_PROTOCOL.exception("offered " + offered + ", supported " + supported);
            return chosen;
        };
    }
}
