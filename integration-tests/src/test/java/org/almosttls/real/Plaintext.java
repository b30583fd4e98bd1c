package org.almosttls.real;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import sample.testkit.ChildJvm;
import sample.testkit.ThrowAwayKeys;

/** What becomes of software that speaks plaintext; it is the same, and knows nothing of it. */
enum Plaintext {
    /** It goes over the network as it is. */
    AS_IT_IS,

    /** All of it is TLS, and both ends show a certificate. */
    UPGRADED;

    /** Starts a class of the applications' in a JVM of its own, which tells its TLS sessions on stderr. */
    ChildJvm start(Identities identities, Path own, List<String> jvmArguments, String mainClass, String... arguments) {
        List<String> words = new ArrayList<>(Way.SMALL);
        words.addAll(install(identities, own));
        words.addAll(jvmArguments);
        words.addAll(List.of("-cp", Way.softwarePath(), mainClass));
        words.addAll(List.of(arguments));
        return ChildJvm.start(words);
    }

    /** What a JVM is given for it. */
    List<String> install(Identities identities, Path own) {
        if (this == AS_IT_IS) return List.of();
        return List.of("-javaagent:" + Way.agentJar() + "=" + options(identities.keys(), own));
    }

    /** What a server is given by which it upgrades what is meant, whoever its client is. */
    static List<String> upgrade(String mode, String ports, Path own) {
        String words = String.join(
                ",",
                "log=stderr",
                "format=json",
                "upgrade=" + mode,
                "upgrade.ports=" + ports,
                "upgrade.keystore=" + own,
                "upgrade.keystore.password_file=" + password(own));
        return List.of("-javaagent:" + Way.agentJar() + "=" + words);
    }

    /** Starts a class of the applications' in a JVM of its own that upgrades, as a client, whom it has in plaintext at that port. */
    static ChildJvm startUpgraded(String mode, int port, Identities identities, String mainClass, String... arguments) {
        List<String> words = new ArrayList<>(Way.SMALL);
        words.addAll(upgrade(mode, "" + port, identities.keys().client()));
        words.addAll(identities.client());
        words.addAll(List.of("-cp", Way.softwarePath(), mainClass));
        words.addAll(List.of(arguments));
        return ChildJvm.start(words);
    }

    private static String options(ThrowAwayKeys keys, Path own) {
        Path password = password(own);
        return String.join(
                ",",
                "log=stderr",
                "format=json",
                "upgrade=strict",
                "upgrade.ports=1024-65535",
                "upgrade.keystore=" + own,
                "upgrade.keystore.password_file=" + password,
                "upgrade.truststore=" + keys.trustStore(),
                "upgrade.truststore.password_file=" + password);
    }

    private static Path password(Path own) {
        try {
            return Files.writeString(own.resolveSibling("password"), ThrowAwayKeys.PASSWORD + "\n");
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }
}
