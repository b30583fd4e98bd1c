package sample.urlclient;

import java.io.File;
import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.util.Iterator;
import java.util.List;
import java.util.NoSuchElementException;

/** The command line; {@code post} is a file's name or else the text itself, empty for a GET. */
record Options(URI uri, String post, int times) {

    static final String USAGE = "usage: url-client URL [--post FILE|TEXT] [--times N]";

    /** Or says what is wrong with the words, and ends the program. */
    static Options parseOrExit(String... args) {
        try {
            return parse(args);
        } catch (IllegalArgumentException | NoSuchElementException e) {
            String what = e instanceof NoSuchElementException ? "something is missing" : e.getMessage();
            System.err.println("url-client: " + what + "\n" + USAGE);
            System.exit(2);
            throw e;
        }
    }

    private static Options parse(String... args) {
        Iterator<String> words = List.of(args).iterator();
        URI uri = URI.create(words.next());
        if (!"https".equals(uri.getScheme())) {
            throw new IllegalArgumentException("not an https URL: " + uri);
        }
        String post = "";
        int times = 1;
        while (words.hasNext()) {
            String word = words.next();
            switch (word) {
                case "--post" -> post = words.next();
                case "--times" -> times = Integer.parseInt(words.next());
                default -> throw new IllegalArgumentException("unknown option " + word);
            }
        }
        return new Options(uri, post, times);
    }

    byte[] body() throws IOException {
        File file = new File(post);
        return file.isFile() ? Files.readAllBytes(file.toPath()) : post.getBytes(StandardCharsets.UTF_8);
    }
}
