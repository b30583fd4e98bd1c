package org.almosttls.handshake.tls13;

import java.util.List;
import org.almosttls.config.OnRequest.Feature;
import org.almosttls.config.TlsConfig;
import org.almosttls.registry.ExtensionType;

/** RFC 8446 §4.2.6: whether a client can be asked who it is when the handshake is over. */
public final class LateAuthentication {

    /** RFC 9113 §9.2.3 forbids it: nobody could tell which of many requests it is about. */
    private static final String HTTP_2 = "h2";

    private LateAuthentication() {}

    /** Whether a client says so: never where nothing is offered that it could be of use to. */
    public static boolean isOffered(TlsConfig config) {
        return config.onRequest().has(Feature.POST_HANDSHAKE_AUTH)
                && config.policy().permitsExtension(ExtensionType.POST_HANDSHAKE_AUTH)
                && !config.applicationProtocols().equals(List.of(HTTP_2));
    }

    /** Whether what was said holds, as it does for all but one protocol (RFC 8740 §3). */
    public static boolean isPossible(Agreement agreement) {
        // RFC 8446 §4.3.2: a key that both ends were given is all that there is to prove.
        return agreement.known().externalIdentity().isEmpty()
                && agreement.config().policy().permitsExtension(ExtensionType.POST_HANDSHAKE_AUTH)
                && agreement
                        .facts()
                        .applicationProtocol()
                        .filter(HTTP_2::equals)
                        .isEmpty();
    }
}
