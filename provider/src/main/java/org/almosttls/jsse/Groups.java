package org.almosttls.jsse;

import java.util.List;
import java.util.stream.Stream;
import org.almosttls.registry.NamedGroup;

/**
 * The groups to agree on keys in.
 *
 * @param usual those that are offered if an application says nothing
 * @param onRequest those that it may name besides
 */
record Groups(List<NamedGroup> usual, List<NamedGroup> onRequest) {

    /** As the platform's property and the disabled algorithms have it; the property, if it is set, is the whole list. */
    static Groups of(DisabledAlgorithms disabled) {
        var words = Preferences.words("jdk.tls.namedGroups");
        var listed = words.isEmpty() ? Supported.GROUPS : Supported.groupsAmong(words);
        var besides = words.isEmpty() ? Supported.GROUPS_ON_REQUEST : List.<NamedGroup>of();
        return new Groups(
                listed.stream().filter(disabled::permits).toList(),
                besides.stream().filter(disabled::permits).toList());
    }

    /** All that an application may name. */
    List<NamedGroup> all() {
        return Stream.concat(usual.stream(), onRequest.stream()).toList();
    }
}
