package org.almosttls.message;

import org.almosttls.alert.TlsAlertException;
import org.almosttls.message.ServerParams.ServerDhParams;
import org.almosttls.message.ServerParams.ServerEcdhParams;
import org.almosttls.registry.HandshakeType;
import org.almosttls.registry.SignatureScheme;
import org.almosttls.wire.WireReader;
import org.almosttls.wire.WireWriter;

/**
 * RFC 5246 §7.4.3, RFC 4346 §7.4.3: the server's ephemeral key, and its signature over both randoms and that.
 *
 * @param scheme {@code NOT_SAID} before TLS 1.2
 */
public record ServerKeyExchange(ServerParams params, SignatureScheme scheme, byte[] signature)
        implements HandshakeMessage {

    @Override
    public HandshakeType type() {
        return HandshakeType.SERVER_KEY_EXCHANGE;
    }

    /** RFC 8422 §5.4. */
    static ServerKeyExchange decodeEcdhe(WireReader in) throws TlsAlertException {
        return signed(ServerEcdhParams.decode(in), in);
    }

    static ServerKeyExchange decodeDhe(WireReader in) throws TlsAlertException {
        return signed(ServerDhParams.decode(in), in);
    }

    static ServerKeyExchange decodeEcdheOf11(WireReader in) throws TlsAlertException {
        return new ServerKeyExchange(ServerEcdhParams.decode(in), SignatureScheme.NOT_SAID, in.opaque16(0));
    }

    static ServerKeyExchange decodeDheOf11(WireReader in) throws TlsAlertException {
        return new ServerKeyExchange(ServerDhParams.decode(in), SignatureScheme.NOT_SAID, in.opaque16(0));
    }

    private static ServerKeyExchange signed(ServerParams params, WireReader in) throws TlsAlertException {
        return new ServerKeyExchange(params, new SignatureScheme(in.uint16()), in.opaque16(0));
    }

    @Override
    public void encode(WireWriter out) {
        params.encode(out);
        if (scheme.isSaid()) out.uint16(scheme.code());
        out.opaque16(signature);
    }
}
