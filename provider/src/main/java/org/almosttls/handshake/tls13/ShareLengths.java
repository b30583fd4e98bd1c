package org.almosttls.handshake.tls13;

import org.almosttls.alert.TlsAlertException;
import org.almosttls.alert.Violation;
import org.almosttls.crypto.CryptoBackend;
import org.almosttls.extension.KeyShareEntry;

/** RFC 8446 §4.2.8.1: public values of finite fields are as long as the prime; of all other groups, keys know it. */
public final class ShareLengths {

    private ShareLengths() {}

    public static void require(KeyShareEntry share, CryptoBackend crypto) throws TlsAlertException {
        var field = crypto.fieldOf(share.group());
        Violation.BAD_PUBLIC_KEY.when(
                field.isPresent() && share.keyExchange().length != field.get().length());
    }
}
