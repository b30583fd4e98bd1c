package org.almosttls.agent;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** Makes stores with one throw-away key. */
final class Keytool {

    private Keytool() {}

    /** A PKCS #12 under the password {@code throw-away}. */
    static void make(Path folder, String file, String subject) throws IOException, InterruptedException {
        var command = new ArrayList<String>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "keytool").toString());
        command.addAll(List.of("-genkeypair", "-alias", "own", "-keyalg", "EC", "-groupname", "secp256r1"));
        command.addAll(List.of("-dname", subject, "-storetype", "PKCS12", "-storepass", "throw-away"));
        command.addAll(List.of("-keystore", file));
        var process = new ProcessBuilder(command)
                .directory(folder.toFile())
                .inheritIO()
                .start();
        assertEquals(0, process.waitFor());
    }
}
