package org.almosttls.agent.lab;

/** What an attack is tried against, side by side. */
public enum Column {
    TEXTBOOK("textbook"),
    WEAKENED("weakened"),
    TLS_1_2("TLS 1.2");

    private final String title;

    Column(String title) {
        this.title = title;
    }

    public String title() {
        return title;
    }
}
