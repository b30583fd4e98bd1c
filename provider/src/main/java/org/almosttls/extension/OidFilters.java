package org.almosttls.extension;

import java.util.List;
import org.almosttls.alert.TlsAlertException;
import org.almosttls.registry.ExtensionType;
import org.almosttls.wire.WireReader;
import org.almosttls.wire.WireWriter;

/** RFC 8446 §4.2.5: what the client's certificate must have among its own extensions. */
public record OidFilters(List<Filter> filters) implements Extension {

    /** One certificate extension's OID, and the values it must have; both DER. */
    public record Filter(byte[] oid, byte[] values) {

        static Filter decode(WireReader in) throws TlsAlertException {
            return new Filter(in.opaque8(1), in.opaque16(0));
        }
    }

    @Override
    public ExtensionType type() {
        return ExtensionType.OID_FILTERS;
    }

    static OidFilters decode(WireReader in) throws TlsAlertException {
        return new OidFilters(in.list16(0, Filter::decode));
    }

    @Override
    public void encode(WireWriter out) {
        out.list16(filters, filter -> out.opaque8(filter.oid()).opaque16(filter.values()));
    }
}
