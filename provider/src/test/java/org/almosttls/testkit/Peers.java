package org.almosttls.testkit;

import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.File;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Optional;

/** Programs of others that tests talk to, found on the PATH. */
public enum Peers {
    OPENSSL("openssl", "openssl"),
    GNUTLS_CLI("gnutls-cli", "gnutls-bin"),
    GNUTLS_SERV("gnutls-serv", "gnutls-bin"),
    CURL("curl", "curl");

    private final String executable;
    private final String debianPackage;

    Peers(String executable, String debianPackage) {
        this.executable = executable;
        this.debianPackage = debianPackage;
    }

    public Optional<Path> find() {
        return Arrays.stream(System.getenv().getOrDefault("PATH", "").split(File.pathSeparator))
                .filter(folder -> !folder.isEmpty())
                .map(folder -> Path.of(folder, executable))
                .filter(Files::isExecutable)
                .findFirst();
    }

    /** Where it is. A test that needs a program that is not there is left out, but in CI it fails. */
    public Path require() {
        var found = find();
        var missing = executable + " is not on the PATH (Debian package " + debianPackage + ")";
        if ("true".equals(System.getenv("CI"))) assertTrue(found.isPresent(), missing);
        assumeTrue(found.isPresent(), missing);
        return found.orElseThrow();
    }
}
