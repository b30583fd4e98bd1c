package sample.linechat;

import java.util.Iterator;
import java.util.List;
import java.util.NoSuchElementException;

/** The command line; an empty key store means the JVM's own, {@code javax.net.ssl.keyStore}. */
record Options(boolean server, String host, int port, String name, String keyStore, String password, boolean untilEof) {

    static final String USAGE = """
            usage: line-chat server [--port N] [--keystore FILE --password PASSWORD] [--until-eof]
                   line-chat client HOST PORT [--name NAME]""";

    /** Or says what is wrong with the words, and ends the program. */
    static Options parseOrExit(String... args) {
        try {
            return parse(args);
        } catch (IllegalArgumentException | NoSuchElementException e) {
            String what = e instanceof NoSuchElementException ? "something is missing" : e.getMessage();
            System.err.println("line-chat: " + what + "\n" + USAGE);
            System.exit(2);
            throw e;
        }
    }

    private static Options parse(String... args) {
        Iterator<String> words = List.of(args).iterator();
        String end = words.next();
        return switch (end) {
            case "server" -> parseServer(words);
            case "client" -> parseClient(words);
            default -> throw new IllegalArgumentException("neither server nor client: " + end);
        };
    }

    private static Options parseServer(Iterator<String> words) {
        int port = 8444;
        String keyStore = "";
        String password = "";
        boolean untilEof = false;
        while (words.hasNext()) {
            String word = words.next();
            switch (word) {
                case "--port" -> port = Integer.parseInt(words.next());
                case "--keystore" -> keyStore = words.next();
                case "--password" -> password = words.next();
                case "--until-eof" -> untilEof = true;
                default -> throw new IllegalArgumentException("unknown option " + word);
            }
        }
        return new Options(true, "localhost", port, "", keyStore, password, untilEof);
    }

    private static Options parseClient(Iterator<String> words) {
        String host = words.next();
        int port = Integer.parseInt(words.next());
        String name = "somebody";
        while (words.hasNext()) {
            String word = words.next();
            switch (word) {
                case "--name" -> name = words.next();
                default -> throw new IllegalArgumentException("unknown option " + word);
            }
        }
        return new Options(false, host, port, name, "", "", false);
    }
}
