package org.almosttls.agent.lab;

import java.io.IOException;
import java.security.GeneralSecurityException;
import java.util.List;

/** Mallory records what Bob says on one connection, and says it to Alice again on another. */
final class ReplayConnection implements Attack {

    @Override
    public Observation on(Stage stage) throws GeneralSecurityException, IOException, InterruptedException {
        var alice = stage.alice();
        var middle = stage.middle(alice.port(), Tampering.NONE);
        stage.bobOrders(middle.port());
        alice.heard(1);
        var bobs = middle.log().stream()
                .map(Passing::seen)
                .filter(WireRecord::fromBob)
                .toList();
        new Caller(alice.port()).say(bobs);
        return stage.seen(alice.heard(2), new Mallory(List.of(), true, "said Bob's " + bobs.size() + " records again"));
    }
}
