package org.almosttls.agent.lab;

import java.io.IOException;
import java.security.GeneralSecurityException;
import java.util.List;
import java.util.function.Function;

/** Mallory is where Bob looks for Alice, with a certificate of his own. */
record Impersonation(Function<Identities, Identity> claimed) implements Attack {

    @Override
    public Observation on(Stage stage) throws GeneralSecurityException, IOException, InterruptedException {
        var impostor = stage.impostor(claimed.apply(stage.identities()));
        stage.bobOrders(stage.middle(impostor.port(), Tampering.NONE).port());
        var orders = impostor.heard(1).stream()
                .map(Heard::text)
                .filter(text -> !text.isEmpty())
                .toList();
        var words = orders.isEmpty() ? "got no order" : "got Bob's orders";
        return stage.seen(List.of(), new Mallory(orders, true, words));
    }
}
