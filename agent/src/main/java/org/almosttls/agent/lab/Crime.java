package org.almosttls.agent.lab;

import java.io.IOException;
import java.security.GeneralSecurityException;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeMap;
import org.almosttls.registry.ContentType;

/**
 * CRIME (J. Rizzo and T. Duong, 2012; CVE-2012-4929). Bob copies a note of Mallory's into his order, where his PIN
 * follows. Mallory's note is a guess at how the PIN begins. Where records are compressed, a guess that repeats one octet
 * more of it makes a shorter record, so he goes on from the shortest, octet after octet.
 */
final class Crime implements Attack {

    private static final String LABEL = "PIN: ";
    /** No digit twice: what repeats by itself takes more art to get at. */
    private static final String PIN = "4071";

    private static final String DIGITS = "0123456789";
    /**
     * RFC 1951 §3.2.6: DEFLATE spells each of these in 9 bits, so that what is too little for an octet of one note makes
     * an octet of another.
     */
    private static final String FILLING = "\u00c0\u00d1\u00e2";

    @Override
    public Observation on(Stage stage) throws GeneralSecurityException, IOException, InterruptedException {
        var notes = new Notes(stage, stage.alice());
        notes.length(stage.middle(notes.alice.port(), Tampering.NONE), "");
        var mallory = notes.guess();
        return stage.seen(notes.alice.heard(1).stream().limit(1).toList(), mallory);
    }

    /** All that Mallory has Bob write. */
    private static final class Notes {

        private final Stage stage;
        private final Server alice;
        private int written;

        Notes(Stage stage, Server alice) {
            this.stage = stage;
            this.alice = alice;
        }

        Mallory guess() throws GeneralSecurityException, IOException, InterruptedException {
            String known = "";
            while (known.length() < PIN.length()) {
                var shortest = shortest(known);
                if (shortest.size() > 1) return misled(known, shortest.size());
                known = shortest.get(0);
            }
            return judged(known);
        }

        /** Those of the guesses one digit longer that cannot be told apart even by the last note. */
        private List<String> shortest(String known) throws GeneralSecurityException, IOException, InterruptedException {
            var left = DIGITS.chars().mapToObj(digit -> known + (char) digit).toList();
            for (int filling = 0; filling <= FILLING.length() && left.size() > 1; filling++) {
                var byLength = new TreeMap<Integer, List<String>>();
                for (String guess : left)
                    byLength.computeIfAbsent(length(FILLING.substring(0, filling), guess), each -> new ArrayList<>())
                            .add(guess);
                left = byLength.firstEntry().getValue();
            }
            return left;
        }

        /** A connection of its own for each: what was said before on the same one would be repeated too. */
        private int length(String filling, String guess)
                throws GeneralSecurityException, IOException, InterruptedException {
            try (var middle = new Middle(alice.port(), Tampering.NONE)) {
                return length(middle, filling + LABEL + guess);
            }
        }

        private int length(Middle middle, String note)
                throws GeneralSecurityException, IOException, InterruptedException {
            String order = Client.ORDERS.get(0) + "Note: " + note + "\n" + LABEL + PIN + "\n";
            stage.bobOrders(middle.port(), List.of(order));
            written++;
            alice.heard(written);
            return middle.log().stream()
                    .map(Passing::seen)
                    .filter(each -> each.fromBob() && each.is(ContentType.APPLICATION_DATA))
                    .mapToInt(WireRecord::fragmentLength)
                    .sum();
        }

        private Mallory misled(String known, int left) {
            return known.isEmpty() && left == DIGITS.length()
                    ? new Mallory(List.of(), true, times() + "and saw no difference between any two guesses")
                    : new Mallory(List.of(), true, times() + "and could not tell " + left + " guesses apart");
        }

        /** The lab knows the PIN; what Mallory takes for it and is not does not count as learned. */
        private Mallory judged(String claimed) {
            return claimed.equals(PIN)
                    ? new Mallory(List.of(claimed), true, times() + "and knows Bob's PIN: " + claimed)
                    : new Mallory(List.of(), true, times() + "and was misled");
        }

        private String times() {
            return "had Bob write " + written + " notes of his ";
        }
    }
}
