package org.almosttls.extension;

import java.util.List;
import java.util.Optional;
import org.almosttls.alert.TlsAlertException;
import org.almosttls.registry.ExtensionType;
import org.almosttls.wire.WireReader;
import org.almosttls.wire.WireWriter;

/**
 * The extensions of one message or certificate, in the order they came, duplicates included.
 *
 * @param present whether the block was there at all: RFC 5246 §7.4.1.2 lets old peers leave it out
 */
public record Extensions(List<Extension> all, boolean present) {

    public static final Extensions ABSENT = new Extensions(List.of(), false);

    public Extensions {
        all = List.copyOf(all);
    }

    /** These extensions in this order; no block at all if there are none. */
    public static Extensions of(List<Extension> all) {
        return new Extensions(all, !all.isEmpty());
    }

    /** RFC 5246 §7.4.1.2: whatever follows the compression methods of a hello is its block of extensions. */
    public static Extensions decode(WireReader in, ExtensionDecoder decoder) throws TlsAlertException {
        return in.hasMore() ? new Extensions(in.list16(0, decoder::decode), true) : ABSENT;
    }

    /** RFC 8446 §4: in all messages but the hellos the block is there even if it is empty. */
    public static Extensions decodePresent(WireReader in, int atLeast, ExtensionDecoder decoder)
            throws TlsAlertException {
        return new Extensions(in.list16(atLeast, decoder::decode), true);
    }

    public void encode(WireWriter out) {
        if (present) encodePresent(out);
    }

    /** As {@link #encode}, with a block even where there are none. */
    public void encodePresent(WireWriter out) {
        out.list16(all, each -> out.uint16(each.type().code()).vector16(each::encode));
    }

    /** The first extension of this kind. */
    public <E extends Extension> Optional<E> find(Class<E> kind) {
        for (Extension each : all) if (kind.isInstance(each)) return Optional.of(kind.cast(each));
        return Optional.empty();
    }

    /** The types in the order they came. */
    public List<ExtensionType> types() {
        return all.stream().map(Extension::type).toList();
    }

    /** RFC 5246 §7.4.1.4: there must not be more than one extension of the same type. */
    public boolean hasDuplicates() {
        return all.stream().map(Extension::type).distinct().count() < all.size();
    }

    public boolean has(ExtensionType type) {
        for (Extension each : all) if (each.type().equals(type)) return true;
        return false;
    }
}
