package org.almosttls.agent;

import java.io.File;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Collectors;
import sample.testkit.ThrowAwayKeys;

/** {@link WatchedApp} in a JVM of its own, with the keys of its ends in a folder. */
record WatchedPlay(Path keyFolder) {

    static WatchedPlay withKeysIn(Path folder) throws Exception {
        var keys = ThrowAwayKeys.in(folder);
        keys.serverEc();
        keys.serverExpired();
        keys.serverOfAnotherName();
        keys.either();
        keys.client();
        keys.serverRsa();
        Files.move(keys.trustStore(), folder.resolve("trust.p12"), StandardCopyOption.REPLACE_EXISTING);
        Keytool.make(folder, "other.p12", "CN=somebody else");
        return new WatchedPlay(folder);
    }

    AgentJvm.Outcome play(AgentJvm jvm, String stack, String face, WatchedCase... cases) throws Exception {
        var words = new ArrayList<>(List.of(keyFolder.toString(), stack, face));
        Arrays.stream(cases).map(WatchedCase::name).forEach(words::add);
        return jvm.with("-cp", path(), WatchedApp.class.getName())
                .with(words.toArray(new String[0]))
                .run();
    }

    private static String path() {
        var path = new ArrayList<>(List.of(Path.of("target", "test-classes")));
        for (String library : List.of("bcprov", "bcutil", "bcpkix", "bctls", "conscrypt", "slf4j", "netty"))
            path.addAll(AgentJvm.libraries(library));
        return path.stream()
                .map(Path::toAbsolutePath)
                .map(Path::toString)
                .collect(Collectors.joining(File.pathSeparator));
    }
}
