package org.almosttls.agent;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyStore;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;

/** In a folder, what both ends of an upgraded connection need: {@code own.p12} and {@code own.password}, {@code own.pem}, {@code ca.pem}. */
final class UpgradeStores {

    static final String PASSWORD = "throw-away";

    private UpgradeStores() {}

    static void makeIn(Path folder) throws Exception {
        makeIn(folder, "EC", "-groupname", "secp256r1");
    }

    /** With a key of which AlmostTLSv1 can make use. */
    static void makeRsaIn(Path folder) throws Exception {
        makeIn(folder, "RSA", "-keysize", "2048");
    }

    private static void makeIn(Path folder, String... kind) throws Exception {
        makeKey(folder, List.of(kind));
        KeyStore store = KeyStore.getInstance(folder.resolve("own.p12").toFile(), PASSWORD.toCharArray());
        String certificate = pem("CERTIFICATE", store.getCertificate("own").getEncoded());
        byte[] key = store.getKey("own", PASSWORD.toCharArray()).getEncoded();
        Files.writeString(folder.resolve("own.password"), PASSWORD + "\n");
        Files.writeString(folder.resolve("ca.pem"), certificate);
        Files.writeString(folder.resolve("own.pem"), pem("PRIVATE KEY", key) + certificate);
    }

    private static void makeKey(Path folder, List<String> kind) throws Exception {
        List<String> command = new ArrayList<>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "keytool").toString());
        command.addAll(List.of("-genkeypair", "-alias", "own", "-keyalg"));
        command.addAll(kind);
        command.addAll(List.of("-dname", "CN=localhost", "-ext", "san=dns:localhost,ip:127.0.0.1"));
        command.addAll(List.of("-storetype", "PKCS12", "-storepass", PASSWORD, "-keystore", "own.p12"));
        Process process = new ProcessBuilder(command)
                .directory(folder.toFile())
                .redirectErrorStream(true)
                .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                .start();
        assertEquals(0, process.waitFor());
    }

    private static String pem(String what, byte[] der) {
        String body = Base64.getMimeEncoder(64, new byte[] {'\n'}).encodeToString(der);
        return "-----BEGIN " + what + "-----\n" + body + "\n-----END " + what + "-----\n";
    }
}
