package sample.jdbcclient;

import java.util.Iterator;
import java.util.List;
import java.util.NoSuchElementException;

/** The command line. */
record Options(String database, String user, String password, String query) {

    static final String USAGE =
            "usage: jdbc-client HOST[:PORT]/DATABASE --user NAME [--password PASSWORD] [--query SQL]";

    /** Or says what is wrong with the words, and ends the program. */
    static Options parseOrExit(String... args) {
        try {
            return parse(args);
        } catch (IllegalArgumentException | NoSuchElementException e) {
            String what = e instanceof NoSuchElementException ? "something is missing" : e.getMessage();
            System.err.println("jdbc-client: " + what + "\n" + USAGE);
            System.exit(2);
            throw e;
        }
    }

    private static Options parse(String... args) {
        Iterator<String> words = List.of(args).iterator();
        String database = words.next();
        String user = "";
        String password = "";
        String query = "select datname, pg_encoding_to_char(encoding) from pg_database order by datname";
        while (words.hasNext()) {
            String word = words.next();
            switch (word) {
                case "--user" -> user = words.next();
                case "--password" -> password = words.next();
                case "--query" -> query = words.next();
                default -> throw new IllegalArgumentException("unknown option " + word);
            }
        }
        if (user.isEmpty()) throw new NoSuchElementException();
        return new Options(database, user, password, query);
    }

    String address() {
        return "jdbc:postgresql://" + database;
    }
}
