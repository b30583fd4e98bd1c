package org.almosttls.handshake;

import java.util.Optional;
import org.almosttls.alert.TlsAlertException;
import org.almosttls.alert.Violation;
import org.almosttls.config.TlsConfig;
import org.almosttls.extension.ApplicationProtocols;
import org.almosttls.extension.Extensions;

/** RFC 7301 §3.1: what a server's answer says of ALPN. */
public final class AgreedProtocol {

    private AgreedProtocol() {}

    /** Exactly one protocol, and one that the client offered; or none. */
    public static Optional<String> in(Extensions answer, TlsConfig config) throws TlsAlertException {
        var chosen =
                answer.find(ApplicationProtocols.class).map(it -> it.names().get(0));
        if (chosen.isPresent() && !config.applicationProtocols().contains(chosen.get()))
            throw Violation.ALPN_NOT_OFFERED.exception(chosen.get());
        return chosen;
    }
}
