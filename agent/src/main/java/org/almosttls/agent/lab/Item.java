package org.almosttls.agent.lab;

/** What there is to know in a connection of AlmostTLSv1. */
public enum Item {
    HELLO("hello"),
    PUBLIC_KEY("public key"),
    MS("MS"),
    EMS("EMS"),
    E_B("E_B"),
    M_B("M_B"),
    E_A("E_A"),
    M_A("M_A"),
    DATA("orders");

    private final String title;

    Item(String title) {
        this.title = title;
    }

    public String title() {
        return title;
    }

    /** Whether it is one of the four keys. */
    boolean isKey() {
        return this == E_B || this == M_B || this == E_A || this == M_A;
    }
}
