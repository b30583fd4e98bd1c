package org.almosttls.config;

import java.util.List;
import java.util.Optional;
import org.almosttls.alert.TlsAlertException;
import org.almosttls.alert.Violation;

/** The first of the protocols this end supports that the client offers (RFC 7301 §3.2). */
record PreferredProtocol(List<String> supported) implements ApplicationProtocolSelector {

    @Override
    public Optional<String> select(List<String> offered, HandshakeFacts facts) throws TlsAlertException {
        var chosen = foresee(offered);
        if (chosen.isEmpty() && !supported.isEmpty())
            throw Violation.NO_APPLICATION_PROTOCOL.exception("offered " + offered + ", supported " + supported);
        return chosen;
    }

    @Override
    public Optional<String> foresee(List<String> offered) {
        return supported.stream().filter(offered::contains).findFirst();
    }
}
