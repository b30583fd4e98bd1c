package sample.urlclient;

import java.io.File;
import java.io.IOException;
import java.net.URI;
import java.net.URL;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.util.Iterator;
import java.util.List;

/** The command line; {@code post} is a file's name or else the text itself, empty for a GET. */
record Options(URL url, String post, int times) {

    static final String USAGE = "usage: url-client URL [--post FILE|TEXT] [--times N]";

    static Options parse(String... args) throws IOException {
        Iterator<String> words = List.of(args).iterator();
        URL url = URI.create(words.next()).toURL();
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
        return new Options(url, post, times);
    }

    byte[] body() throws IOException {
        File file = new File(post);
        return file.isFile() ? Files.readAllBytes(file.toPath()) : post.getBytes(StandardCharsets.UTF_8);
    }
}
