package org.almosttls.config;

import java.util.List;
import java.util.Optional;
import org.almosttls.alert.TlsAlertException;

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

    /**
     * What will be chosen, where that is certain before a suite is, which before TLS 1.3 goes with the certificate, so
     * that the certificate can be chosen by it (RFC 8737 §3).
     */
    default Optional<String> foresee(List<String> offered) {
        return Optional.empty();
    }

    /** The first of {@code supported} that is offered; no support at all ignores the offer. */
    static ApplicationProtocolSelector preferring(List<String> supported) {
        return new PreferredProtocol(supported);
    }
}
