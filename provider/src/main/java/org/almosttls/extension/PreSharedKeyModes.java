package org.almosttls.extension;

import java.util.List;
import org.almosttls.alert.TlsAlertException;
import org.almosttls.registry.ExtensionType;
import org.almosttls.wire.WireReader;
import org.almosttls.wire.WireWriter;

/** RFC 8446 §4.2.9: psk_key_exchange_modes, how a client would use a pre-shared key; by number, known here or not. */
public record PreSharedKeyModes(List<Integer> modes) implements Extension {

    /** psk_ke: the pre-shared key alone, so that whoever learns it reads all that was said. */
    public static final int PSK_ONLY = 0;

    /** psk_dhe_ke: the pre-shared key and a fresh key exchange. */
    public static final int PSK_WITH_KEY_SHARE = 1;

    @Override
    public ExtensionType type() {
        return ExtensionType.PSK_KEY_EXCHANGE_MODES;
    }

    static PreSharedKeyModes decode(WireReader in) throws TlsAlertException {
        return new PreSharedKeyModes(in.list8(1, WireReader::uint8));
    }

    @Override
    public void encode(WireWriter out) {
        out.list8(modes, out::uint8);
    }
}
