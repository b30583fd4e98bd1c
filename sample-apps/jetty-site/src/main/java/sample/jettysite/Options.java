package sample.jettysite;

import java.util.Iterator;
import java.util.List;
import java.util.Locale;
import java.util.NoSuchElementException;

/** The command line; an empty key store means the JVM's own, {@code javax.net.ssl.keyStore}. */
record Options(int port, String keyStore, String password, ClientAuth clientAuth, boolean untilEof) {

    static final String USAGE = "usage: jetty-site [--port N] [--keystore FILE --password PASSWORD]"
            + " [--client-auth none|want|need] [--until-eof]";

    /** Whether a client shows a certificate of its own. */
    enum ClientAuth {
        NONE,
        WANT,
        NEED
    }

    /** Or says what is wrong with the words, and ends the program. */
    static Options parseOrExit(String... args) {
        try {
            return parse(args);
        } catch (IllegalArgumentException | NoSuchElementException e) {
            String what = e instanceof NoSuchElementException ? "something is missing" : e.getMessage();
            System.err.println("jetty-site: " + what + "\n" + USAGE);
            System.exit(2);
            throw e;
        }
    }

    private static Options parse(String... args) {
        int port = 8445;
        String keyStore = "";
        String password = "";
        ClientAuth clientAuth = ClientAuth.NONE;
        boolean untilEof = false;
        for (Iterator<String> words = List.of(args).iterator(); words.hasNext(); ) {
            String word = words.next();
            switch (word) {
                case "--port" -> port = Integer.parseInt(words.next());
                case "--keystore" -> keyStore = words.next();
                case "--password" -> password = words.next();
                case "--client-auth" ->
                    clientAuth = ClientAuth.valueOf(words.next().toUpperCase(Locale.ROOT));
                case "--until-eof" -> untilEof = true;
                default -> throw new IllegalArgumentException("unknown option " + word);
            }
        }
        return new Options(port, keyStore, password, clientAuth, untilEof);
    }
}
