package org.almosttls.message;

import org.almosttls.alert.TlsAlertException;
import org.almosttls.registry.HandshakeType;
import org.almosttls.wire.WireReader;
import org.almosttls.wire.WireWriter;

/** RFC 5246 §7.4.7: the client's part of the key exchange. */
public sealed interface ClientKeyExchange extends HandshakeMessage {

    /** RFC 5246 §7.4.7.1: the textbook's EMS, a premaster secret under the server's RSA key. */
    record EncryptedPremasterSecret(byte[] encrypted) implements ClientKeyExchange {

        static EncryptedPremasterSecret decode(WireReader in) throws TlsAlertException {
            return new EncryptedPremasterSecret(in.opaque16(0));
        }

        @Override
        public void encode(WireWriter out) {
            out.opaque16(encrypted);
        }
    }

    /** RFC 8422 §5.7: the client's ephemeral public key, 1 to 255 octets. */
    record EcdhePublic(byte[] point) implements ClientKeyExchange {

        static EcdhePublic decode(WireReader in) throws TlsAlertException {
            return new EcdhePublic(in.opaque8(1));
        }

        @Override
        public void encode(WireWriter out) {
            out.opaque8(point);
        }
    }

    /** RFC 5246 §7.4.7.2: the client's ephemeral public value in the server's field. */
    record DhePublic(byte[] publicValue) implements ClientKeyExchange {

        static DhePublic decode(WireReader in) throws TlsAlertException {
            return new DhePublic(in.opaque16(1));
        }

        @Override
        public void encode(WireWriter out) {
            out.opaque16(publicValue);
        }
    }

    @Override
    default HandshakeType type() {
        return HandshakeType.CLIENT_KEY_EXCHANGE;
    }
}
