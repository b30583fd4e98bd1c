package org.almosttls.agent;

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
        makeIn(folder, Keytool.EC);
    }

    /** With a key of which AlmostTLSv1 can make use. */
    static void makeRsaIn(Path folder) throws Exception {
        makeIn(folder, Keytool.RSA);
    }

    private static void makeIn(Path folder, List<String> kind) throws Exception {
        List<String> words = new ArrayList<>(kind);
        words.addAll(List.of("-ext", "san=dns:localhost,ip:127.0.0.1,uri:spiffe://example.org/own"));
        Keytool.make(folder.resolve("own.p12"), "CN=localhost", words);
        KeyStore store = KeyStore.getInstance(folder.resolve("own.p12").toFile(), PASSWORD.toCharArray());
        String certificate = pem("CERTIFICATE", store.getCertificate("own").getEncoded());
        byte[] key = store.getKey("own", PASSWORD.toCharArray()).getEncoded();
        Files.writeString(folder.resolve("own.password"), PASSWORD + "\n");
        Files.writeString(folder.resolve("ca.pem"), certificate);
        Files.writeString(folder.resolve("own.pem"), pem("PRIVATE KEY", key) + certificate);
    }

    private static String pem(String what, byte[] der) {
        String body = Base64.getMimeEncoder(64, new byte[] {'\n'}).encodeToString(der);
        return "-----BEGIN " + what + "-----\n" + body + "\n-----END " + what + "-----\n";
    }
}
