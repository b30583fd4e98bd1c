package org.almosttls.extension;

import java.util.List;
import org.almosttls.alert.TlsAlertException;
import org.almosttls.alert.Violation;
import org.almosttls.registry.ExtensionType;
import org.almosttls.wire.WireReader;
import org.almosttls.wire.WireWriter;

/** RFC 8446 §4.2.11: pre_shared_key in a ClientHello, with a binder for each identity in the same order. */
public record OfferedPreSharedKeys(List<PskIdentity> identities, List<byte[]> binders) implements Extension {

    @Override
    public ExtensionType type() {
        return ExtensionType.PRE_SHARED_KEY;
    }

    /** RFC 8446 §4.2.11: it is the last extension of a ClientHello, so that its binders can cover all before them. */
    public static void checkPlace(Extensions ofHello) throws TlsAlertException {
        int place = ofHello.types().indexOf(ExtensionType.PRE_SHARED_KEY);
        Violation.PSK_NOT_LAST.when(place >= 0 && place < ofHello.all().size() - 1);
    }

    /** The octets of the binders list at the very end of the message, its length included (RFC 8446 §4.2.11.2). */
    public int bindersLength() {
        return 2 + binders.stream().mapToInt(binder -> 1 + binder.length).sum();
    }

    static OfferedPreSharedKeys decode(WireReader in) throws TlsAlertException {
        return new OfferedPreSharedKeys(in.list16(7, PskIdentity::decode), in.list16(33, each -> each.opaque8(32)));
    }

    @Override
    public void encode(WireWriter out) {
        out.list16(identities, identity -> identity.encode(out)).list16(binders, out::opaque8);
    }
}
