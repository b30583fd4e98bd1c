package org.almosttls.agent.lab;

/** What became of an attack. */
public enum Outcome {
    ATTACK_SUCCEEDS("the attack succeeds"),
    NOTICED("noticed"),
    LEARNS_NOTHING("Mallory learns nothing"),
    NOTHING_TO_ATTACK("nothing to attack"),
    /** The mechanism is absent from the textbook already. */
    NOT_RUN("not run"),
    /** Nobody noticed, and nothing was gained; no scenario specifies this. */
    UNCLEAR("unclear");

    private final String words;

    Outcome(String words) {
        this.words = words;
    }

    public String words() {
        return words;
    }
}
