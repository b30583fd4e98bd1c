package org.almosttls.extension;

import org.almosttls.registry.ExtensionType;
import org.almosttls.wire.WireReader;
import org.almosttls.wire.WireWriter;

/** RFC 6066 §8: the server will send CertificateStatus, or may. */
public record StatusPromise() implements Extension {

    @Override
    public ExtensionType type() {
        return ExtensionType.STATUS_REQUEST;
    }

    static StatusPromise decode(WireReader in) {
        return new StatusPromise();
    }

    @Override
    public void encode(WireWriter out) {
        // RFC 6066 §8: with empty extension_data.
    }
}
