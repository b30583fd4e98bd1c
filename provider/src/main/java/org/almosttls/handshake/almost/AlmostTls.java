package org.almosttls.handshake.almost;

import java.util.List;
import java.util.Optional;
import org.almosttls.alert.AlertProtocol;
import org.almosttls.config.HandshakeFacts;
import org.almosttls.config.TlsConfig;
import org.almosttls.handshake.Transition;
import org.almosttls.message.HandshakeDecoder;
import org.almosttls.registry.CipherSuite;
import org.almosttls.registry.ProtocolVersion;

/** What both ends of an AlmostTLSv1 connection know without a word being said, since nothing is negotiated. */
public final class AlmostTls {

    /** The platform's word for a key that something is encrypted to. */
    public static final String KEY_TYPE = "RSA";

    private AlmostTls() {}

    /** From here on, records, messages and the one error are those of AlmostTLSv1. */
    public static Transition spokenFrom(Transition transition) {
        return transition
                .fixRecordVersion(ProtocolVersion.ALMOST_1.code())
                .useAlerts(AlertProtocol.ALMOST)
                .decode(HandshakeDecoder.ALMOST);
    }

    /** For those who judge or choose certificates; the name, which Bob means, is never said. */
    public static HandshakeFacts facts(TlsConfig config) {
        return new HandshakeFacts(
                ProtocolVersion.ALMOST_1,
                CipherSuite.ALMOST_RSA_OAEP_WITH_AES_128_CBC_HMAC_SHA256,
                config.serverName().stream().toList(),
                List.of(),
                Optional.empty());
    }
}
