package org.almosttls.agent;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** {@code openssl s_server} with a page about the connection, on a port that it chooses. */
final class OpensslServer implements AutoCloseable {

    private static final Pattern LISTENS = Pattern.compile("ACCEPT .*:(\\d+)");

    private final Process process;
    private final int port;

    OpensslServer(Path keyAndCertificate, Path keyLog) throws IOException {
        process = new ProcessBuilder(
                        "openssl",
                        "s_server",
                        "-accept",
                        "127.0.0.1:0",
                        "-cert",
                        keyAndCertificate.toString(),
                        "-key",
                        keyAndCertificate.toString(),
                        "-www",
                        "-keylogfile",
                        keyLog.toString())
                .redirectErrorStream(true)
                .start();
        port = listening(
                new BufferedReader(new InputStreamReader(process.getInputStream(), StandardCharsets.US_ASCII)));
    }

    private static int listening(BufferedReader said) throws IOException {
        for (String line = said.readLine(); line != null; line = said.readLine()) {
            Matcher found = LISTENS.matcher(line);
            if (found.find()) return Integer.parseInt(found.group(1));
        }
        throw new IOException("openssl does not listen");
    }

    int port() {
        return port;
    }

    @Override
    public void close() throws IOException {
        process.destroy();
        try {
            process.waitFor();
        } catch (InterruptedException hurried) {
            Thread.currentThread().interrupt();
        }
    }
}
