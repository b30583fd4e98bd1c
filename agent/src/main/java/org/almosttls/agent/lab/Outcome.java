package org.almosttls.agent.lab;

/** What became of an attack. */
public enum Outcome {
    ATTACK_SUCCEEDS("the attack succeeds", false),
    NOTICED("noticed", true),
    LEARNS_NOTHING("Mallory learns nothing", true),
    NOTHING_TO_ATTACK("nothing to attack", true),
    /** The mechanism is absent from the textbook already. */
    NOT_RUN("not run", true),
    /** Nobody noticed, and nothing was gained; no scenario specifies this. */
    UNCLEAR("unclear", false);

    private final String words;
    private final boolean safe;

    Outcome(String words, boolean safe) {
        this.words = words;
        this.safe = safe;
    }

    public String words() {
        return words;
    }

    /** Whether Bob and Alice came to no harm. */
    public boolean isSafe() {
        return safe;
    }
}
