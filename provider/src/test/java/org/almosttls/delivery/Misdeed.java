package org.almosttls.delivery;

import org.almosttls.alert.Violation;
import org.almosttls.testkit.Mallory.Script;

/** One thing that Mallory does wrong, and what it is called. */
record Misdeed(Violation violation, String how, Terms terms, Script script) {

    static Misdeed of(Violation violation, Terms terms, Script script) {
        return new Misdeed(violation, "", terms, script);
    }

    Misdeed how(String where) {
        return new Misdeed(violation, where, terms, script);
    }

    @Override
    public String toString() {
        return violation
                + (terms.victimIsClient() ? " by a server" : " by a client")
                + (how.isEmpty() ? "" : ", ")
                + how;
    }
}
