package org.almosttls.handshake.tls12;

import org.almosttls.alert.TlsAlertException;
import org.almosttls.alert.Violation;
import org.almosttls.extension.EcPointFormats;
import org.almosttls.extension.Extensions;

/** RFC 8422 §5.1.2, §5.2: whoever sends ec_point_formats must name the uncompressed form. */
public final class PointFormats {

    private static final byte UNCOMPRESSED = 0;

    /** All that is ever said here. */
    public static final EcPointFormats ONLY_UNCOMPRESSED = new EcPointFormats(new byte[] {UNCOMPRESSED});

    private PointFormats() {}

    public static void requireUncompressed(Extensions extensions) throws TlsAlertException {
        var said = extensions.find(EcPointFormats.class);
        if (said.isEmpty()) return;
        for (byte format : said.get().formats()) if (format == UNCOMPRESSED) return;
        throw Violation.POINT_FORMAT_MISSING.exception();
    }
}
