package org.almosttls.message;

import org.almosttls.registry.HandshakeType;
import org.almosttls.wire.WireWriter;

/** RFC 5246 §7.4: one message of the handshake. */
public sealed interface HandshakeMessage extends TlsMessage
        permits Certificate,
                CertificateRequest,
                CertificateVerify,
                ClientHello,
                ClientKeyExchange,
                Finished,
                HelloRequest,
                ServerHello,
                ServerHelloDone,
                ServerKeyExchange {

    HandshakeType type();

    /** Writes the body, without the header. */
    void encode(WireWriter out);
}
