package org.almosttls.agent;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import sample.testkit.JdkTool;

/** Stores with one throw-away key, which is the same for all who ask for such a one: to make it takes long. */
final class Keytool {

    static final List<String> EC = List.of("-keyalg", "EC", "-groupname", "secp256r1");

    /** Of which AlmostTLSv1 can make use. */
    static final List<String> RSA = List.of("-keyalg", "RSA", "-keysize", "2048");

    private static final Map<List<String>, byte[]> MADE = new ConcurrentHashMap<>();

    private Keytool() {}

    /** A PKCS #12 under the password {@code throw-away}. */
    static void make(Path folder, String file, String subject) throws IOException {
        make(folder.resolve(file), subject, EC);
    }

    /**
     * @param file where it goes
     * @param more what key it is, and what else the certificate says
     */
    static void make(Path file, String subject, List<String> more) throws IOException {
        List<String> words = new ArrayList<>(List.of("-genkeypair", "-alias", "own", "-dname", subject));
        words.addAll(more);
        Files.write(file, MADE.computeIfAbsent(words, Keytool::made));
    }

    private static byte[] made(List<String> words) {
        List<String> all = new ArrayList<>(words);
        all.addAll(List.of("-storetype", "PKCS12", "-storepass", "throw-away", "-keystore", "own.p12"));
        try {
            Path folder = Files.createTempDirectory("keytool");
            JdkTool.run(folder, "keytool", all);
            byte[] store = Files.readAllBytes(folder.resolve("own.p12"));
            for (String file : List.of("own.p12", "keytool.out", "")) Files.delete(folder.resolve(file));
            return store;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
