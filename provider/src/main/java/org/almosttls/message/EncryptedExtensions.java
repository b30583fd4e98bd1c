package org.almosttls.message;

import org.almosttls.alert.TlsAlertException;
import org.almosttls.extension.ExtensionDecoder;
import org.almosttls.extension.Extensions;
import org.almosttls.registry.HandshakeType;
import org.almosttls.wire.WireReader;
import org.almosttls.wire.WireWriter;

/** RFC 8446 §4.3.1: what the server answers of the client's extensions that need not be read in the clear. */
public record EncryptedExtensions(Extensions extensions) implements HandshakeMessage {

    @Override
    public HandshakeType type() {
        return HandshakeType.ENCRYPTED_EXTENSIONS;
    }

    static EncryptedExtensions decode(WireReader in) throws TlsAlertException {
        return new EncryptedExtensions(Extensions.decodePresent(in, 0, ExtensionDecoder.ENCRYPTED_EXTENSIONS));
    }

    @Override
    public void encode(WireWriter out) {
        extensions.encodePresent(out);
    }
}
