package org.almosttls.agent.lab;

import java.io.IOException;
import java.security.GeneralSecurityException;
import java.util.List;
import java.util.TreeSet;

/**
 * What is left of Vaudenay's attack where connections cannot be said again: Mallory alters a record of each of Bob's own,
 * at another place each time, and compares how Alice takes it.
 */
final class LiveProbes implements Attack {

    private static final int CONNECTIONS = 8;

    @Override
    public Observation on(Stage stage) throws GeneralSecurityException, IOException, InterruptedException {
        var alice = stage.alice();
        var reactions = new TreeSet<String>();
        for (int probe = 0; probe < CONNECTIONS; probe++) {
            int offset = probe;
            var middle = stage.middle(
                    alice.port(),
                    (number, record, wire) -> wire.pass(
                            number == 1
                                    ? Tamperings.altered(record, record.fragmentLength() - 1 - offset, 1 << offset)
                                    : record));
            stage.bobOrders(middle.port());
            alice.heard(probe + 1);
            reactions.add(reactionOf(middle));
        }
        return stage.seen(alice.heard(CONNECTIONS), judged(reactions));
    }

    private static String reactionOf(Middle middle) {
        return Reaction.of(middle.log().stream()
                .map(Passing::seen)
                .filter(each -> !each.fromBob())
                .toList());
    }

    private static Mallory judged(TreeSet<String> reactions) {
        return reactions.size() == 1 && !reactions.first().isEmpty()
                ? new Mallory(
                        List.of(),
                        true,
                        "altered records on " + CONNECTIONS + " connections and was answered the same each time: "
                                + reactions.first())
                : new Mallory(List.of("how Alice takes which record"), true, "saw different answers: " + reactions);
    }
}
