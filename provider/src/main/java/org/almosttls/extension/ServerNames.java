package org.almosttls.extension;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.almosttls.alert.TlsAlertException;
import org.almosttls.alert.Violation;
import org.almosttls.registry.ExtensionType;
import org.almosttls.wire.WireReader;
import org.almosttls.wire.WireWriter;

/** RFC 6066 §3: the DNS host names the client wants to reach; empty in a server's acknowledgement. */
public record ServerNames(List<String> hostNames) implements Extension {

    /** RFC 6066 §3: the one NameType there is. */
    private static final int HOST_NAME = 0;

    /** RFC 1035 §2.3.4: of any name in the DNS. */
    private static final int LONGEST = 255;

    @Override
    public ExtensionType type() {
        return ExtensionType.SERVER_NAME;
    }

    static ServerNames decode(WireReader in) throws TlsAlertException {
        var hostNames = new ArrayList<String>();
        for (var each : in.list16(1, ServerNames::decodeName)) each.ifPresent(hostNames::add);
        Violation.DUPLICATE_SERVER_NAME.when(hostNames.size() > 1);
        return new ServerNames(List.copyOf(hostNames));
    }

    /** RFC 6066 §3: the server's extension has an empty body. */
    static ServerNames decodeAcknowledgement(WireReader in) {
        return new ServerNames(List.of());
    }

    /** RFC 6066 §3: a name of any other type begins with its length in two octets, too, and is passed over. */
    private static Optional<String> decodeName(WireReader in) throws TlsAlertException {
        int nameType = in.uint8();
        if (nameType != HOST_NAME) {
            in.opaque16(0);
            return Optional.empty();
        }
        var name = new String(in.opaque16(1), StandardCharsets.ISO_8859_1);
        Violation.HOST_NAME_INVALID.when(name.length() > LONGEST);
        // RFC 6066 §3: ASCII without a trailing dot; control characters have no place in a log either.
        Violation.HOST_NAME_INVALID.unless(isPrintable(name) && !name.endsWith("."));
        return Optional.of(name);
    }

    private static boolean isPrintable(String name) {
        for (int i = 0; i < name.length(); i++) if (name.charAt(i) <= 0x20 || name.charAt(i) >= 0x7F) return false;
        return true;
    }

    @Override
    public void encode(WireWriter out) {
        if (hostNames.isEmpty()) return;
        out.list16(hostNames, name -> out.uint8(HOST_NAME).opaque16(name.getBytes(StandardCharsets.US_ASCII)));
    }
}
