package org.almosttls.message;

import org.almosttls.registry.HandshakeType;

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
}
