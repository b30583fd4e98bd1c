package org.almosttls.real;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.cert.Certificate;
import java.util.Base64;
import sample.testkit.ThrowAwayKeys;

/** A key store's only entry as files, as programs that are not Java want it. */
record Pem(Path key, Path keyInDer, Path chain) {

    /** Writes them beside the key store. */
    static Pem of(Path keyStore) throws GeneralSecurityException, IOException {
        char[] password = ThrowAwayKeys.PASSWORD.toCharArray();
        KeyStore store = KeyStore.getInstance(keyStore.toFile(), password);
        String alias = store.aliases().nextElement();
        byte[] key = store.getKey(alias, password).getEncoded();
        StringBuilder chain = new StringBuilder();
        for (Certificate certificate : store.getCertificateChain(alias)) {
            chain.append(block("CERTIFICATE", certificate.getEncoded()));
        }
        return new Pem(
                secret(Files.writeString(keyStore.resolveSibling(alias + ".key"), block("PRIVATE KEY", key))),
                secret(Files.write(keyStore.resolveSibling(alias + ".pk8"), key)),
                Files.writeString(keyStore.resolveSibling(alias + ".pem"), chain));
    }

    /** Who reads keys from files looks whether others may. */
    private static Path secret(Path file) throws IOException {
        return Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rw-------"));
    }

    private static String block(String label, byte[] content) {
        String body = Base64.getMimeEncoder(64, new byte[] {'\n'}).encodeToString(content);
        return "-----BEGIN " + label + "-----\n" + body + "\n-----END " + label + "-----\n";
    }
}
