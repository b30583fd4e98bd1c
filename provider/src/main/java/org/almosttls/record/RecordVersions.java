package org.almosttls.record;

import java.nio.ByteBuffer;
import org.almosttls.alert.TlsAlertException;
import org.almosttls.alert.Violation;

/** Which families of protocols the first record of a peer may be of; its version tells them apart. */
public enum RecordVersions {
    /** RFC 5246 §E.1: any record version of major 3. */
    TLS,
    /** AlmostTLSv1 §2: 0xA101 and nothing else. */
    ALMOST,
    /** Whichever comes. */
    EITHER;

    private static final int ALMOST_VERSION = 0xA101;

    boolean has(int version) {
        boolean tls = version >>> 8 == 3;
        boolean almost = version == ALMOST_VERSION;
        return this == EITHER ? tls || almost : this == TLS ? tls : almost;
    }

    /** What is left to expect once a record of {@code version}, which is one of these, has come. */
    RecordVersions narrowedBy(int version) {
        return version == ALMOST_VERSION ? ALMOST : TLS;
    }

    /** The violation of a peer whose first record, of this {@code version}, is of another protocol. */
    TlsAlertException refusal(int version, ByteBuffer network) {
        if (this == ALMOST) return Violation.NOT_ALMOST_TLS.exception(ForeignProtocol.guess(network));
        if (version == ALMOST_VERSION) return Violation.ALMOST_TLS_MET.exception();
        return Violation.NOT_TLS.exception(ForeignProtocol.guess(network));
    }
}
