package org.almosttls.message;

import org.almosttls.registry.HandshakeType;
import org.almosttls.wire.WireWriter;

/**
 * RFC 5246 §7.4: one message of the handshake. Octets in a message are not copied on the way in or out: whoever holds
 * one leaves them as they are. Nor are they compared by {@code equals}; two messages are the same if their encodings
 * are.
 */
public sealed interface HandshakeMessage extends TlsMessage
        permits Certificate,
                Certificate13,
                CertificateRequest,
                CertificateRequest13,
                CertificateStatus,
                CertificateVerify,
                ClientHello,
                ClientKeyExchange,
                CompressedCertificate,
                EncryptedExtensions,
                EncryptedMasterSecret,
                EndOfEarlyData,
                Finished,
                Hello,
                HelloRequest,
                KeyUpdate,
                NewSessionTicket,
                NewSessionTicket13,
                ServerHello,
                ServerHelloDone,
                ServerKeyExchange {

    HandshakeType type();

    /** Writes the body, without the header. */
    void encode(WireWriter out);
}
