package org.almosttls.agent.lab;

import java.util.List;
import java.util.Map;
import java.util.Set;

/** One connection of the textbook protocol phase by phase, and who knew what after each message. */
public record Walk(List<Phase> phases, Finding finding) {

    /** One of handshake, key derivation and data transfer. */
    public record Phase(String title, List<Step> steps) {}

    /**
     * Something was said or derived.
     *
     * @param words what it was, and what Mallory did with it
     * @param known who knows what by now
     * @param exposed secrets that have come to be, by their names; none unless they are to be exposed
     */
    public record Step(String words, Map<Person, Set<Item>> known, Map<String, String> exposed) {}

    /** Who is there. */
    public enum Person {
        BOB("Bob"),
        ALICE("Alice"),
        MALLORY("Mallory");

        private final String title;

        Person(String title) {
            this.title = title;
        }

        public String title() {
            return title;
        }
    }
}
