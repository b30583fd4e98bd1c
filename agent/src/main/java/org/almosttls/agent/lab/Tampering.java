package org.almosttls.agent.lab;

import java.io.IOException;

/** What Mallory does with each record that comes to him. */
@FunctionalInterface
interface Tampering {

    /** Copies and nothing else. */
    Tampering NONE = (number, record, wire) -> wire.pass(record);

    /** @param number which of Bob's records with data this is, from 1; 0 if it is another record */
    void on(int number, WireRecord record, Wire wire) throws IOException;

    /** What Mallory can do at the moment a record has come. */
    interface Wire {

        /** On to where its sender has meant it to go. */
        void pass(WireRecord record) throws IOException;

        /** Back to where it came from. */
        void reflect(WireRecord record) throws IOException;

        /** A record with data that Bob has sent before, from 1. */
        WireRecord earlier(int number);

        /** FIN to both: what is passed on after it goes nowhere. */
        void end() throws IOException;
    }
}
