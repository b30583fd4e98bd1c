package org.almosttls.extension;

import org.almosttls.registry.ExtensionType;

/** RFC 8422 §5.1.2: the point formats this end reads; 0 is uncompressed. */
public record EcPointFormats(byte[] formats) implements Extension {

    @Override
    public ExtensionType type() {
        return ExtensionType.EC_POINT_FORMATS;
    }
}
