package org.almosttls.extension;

import java.util.List;
import java.util.Optional;
import org.almosttls.registry.ExtensionType;

/**
 * The extensions of one hello, in the order they came, duplicates included.
 *
 * @param present whether the block was there at all: RFC 5246 §7.4.1.2 lets old peers leave it out
 */
public record Extensions(List<Extension> all, boolean present) {

    public static final Extensions ABSENT = new Extensions(List.of(), false);

    public Extensions {
        all = List.copyOf(all);
    }

    /** The first extension of this kind. */
    public <E extends Extension> Optional<E> find(Class<E> kind) {
        return all.stream().filter(kind::isInstance).map(kind::cast).findFirst();
    }

    public boolean has(ExtensionType type) {
        return all.stream().anyMatch(each -> each.type().equals(type));
    }
}
