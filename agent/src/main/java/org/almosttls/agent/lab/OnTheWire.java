package org.almosttls.agent.lab;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.util.List;
import java.util.stream.Collectors;

/** Mallory between Bob and Alice while Bob orders. */
record OnTheWire(Tampering tampering) implements Attack {

    @Override
    public Observation on(Stage stage) throws GeneralSecurityException, IOException, InterruptedException {
        var alice = stage.alice();
        var middle = stage.middle(alice.port(), tampering);
        stage.bobOrders(middle.port());
        var heard = alice.heard(1);
        return stage.seen(heard, seenBy(middle.log()));
    }

    static Mallory seenBy(List<Passing> log) {
        var learned =
                Client.ORDERS.stream().filter(order -> isShown(order, log)).toList();
        long tampered = log.stream().filter(Passing::isTampered).count();
        var words = "saw records of " + lengths(log) + " octets"
                + (tampered == 0 ? "" : " and laid hands on " + tampered)
                + (learned.isEmpty() ? ", no order in the clear" : ", " + learned.size() + " orders in the clear");
        return new Mallory(learned, tampered > 0, words);
    }

    /** Those no mechanism hides. */
    private static String lengths(List<Passing> log) {
        return log.stream()
                .map(each -> String.valueOf(each.seen().fragmentLength()))
                .collect(Collectors.joining(" "));
    }

    private static boolean isShown(String text, List<Passing> log) {
        var octets = text.getBytes(StandardCharsets.ISO_8859_1);
        return log.stream().anyMatch(each -> each.seen().shows(octets));
    }
}
