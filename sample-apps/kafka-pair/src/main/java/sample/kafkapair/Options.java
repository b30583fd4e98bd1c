package sample.kafkapair;

import java.util.Iterator;
import java.util.List;
import java.util.NoSuchElementException;

/** The command line; an empty key store means the JVM's own, {@code javax.net.ssl.keyStore}. */
record Options(End end, String host, int port, String keyStore, String password, int count) {

    enum End {
        BROKER,
        PRODUCER,
        CONSUMER
    }

    static final String USAGE = """
            usage: kafka-pair broker [--port N] [--keystore FILE --password PASSWORD]
                   kafka-pair producer HOST PORT [--keystore FILE --password PASSWORD]
                   kafka-pair consumer HOST PORT [--keystore FILE --password PASSWORD] [--count N]""";

    /** Or says what is wrong with the words, and ends the program. */
    static Options parseOrExit(String... args) {
        try {
            return parse(args);
        } catch (IllegalArgumentException | NoSuchElementException e) {
            String what = e instanceof NoSuchElementException ? "something is missing" : e.getMessage();
            System.err.println("kafka-pair: " + what + "\n" + USAGE);
            System.exit(2);
            throw e;
        }
    }

    private static Options parse(String... args) {
        Iterator<String> words = List.of(args).iterator();
        String end = words.next();
        return switch (end) {
            case "broker" -> parse(words, new Options(End.BROKER, "localhost", 9093, "", "", 0));
            case "producer" -> parseClient(words, End.PRODUCER);
            case "consumer" -> parseClient(words, End.CONSUMER);
            default -> throw new IllegalArgumentException("neither broker, producer nor consumer: " + end);
        };
    }

    private static Options parseClient(Iterator<String> words, End end) {
        return parse(words, new Options(end, words.next(), Integer.parseInt(words.next()), "", "", Integer.MAX_VALUE));
    }

    private static Options parse(Iterator<String> words, Options usual) {
        int port = usual.port;
        String keyStore = System.getProperty("javax.net.ssl.keyStore", "");
        String password = System.getProperty("javax.net.ssl.keyStorePassword", "");
        int count = usual.count;
        while (words.hasNext()) {
            String word = words.next();
            switch (word) {
                case "--port" -> port = Integer.parseInt(words.next());
                case "--keystore" -> keyStore = words.next();
                case "--password" -> password = words.next();
                case "--count" -> count = Integer.parseInt(words.next());
                default -> throw new IllegalArgumentException("unknown option " + word);
            }
        }
        return new Options(usual.end, usual.host, port, keyStore, password, count);
    }

    String address() {
        return host + ":" + port;
    }
}
