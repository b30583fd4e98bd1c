package org.almosttls.interop;

import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import org.almosttls.registry.Role;

/** Which combinations are tried with each stack: so many that in each role all pairs of values come up that can. */
final class Plan {

    static final List<Combination> SENSIBLE = Dimension.combinations();

    private static final Map<OtherStack, List<Combination>> OF = new EnumMap<>(OtherStack.class);

    private Plan() {}

    /** The same in each process. */
    static synchronized List<Combination> of(OtherStack stack) {
        return OF.computeIfAbsent(stack, Plan::make);
    }

    private static List<Combination> make(OtherStack stack) {
        var chosen = new ArrayList<Combination>();
        for (var role : Role.values())
            chosen.addAll(Covering.ofPairs(SENSIBLE.stream()
                    .filter(it -> it.role() == role)
                    .filter(it -> Exclusion.reasons(stack, it).isEmpty())
                    .toList()));
        return chosen;
    }
}
