package org.almosttls.interop;

import java.io.BufferedReader;
import java.io.IOException;
import java.lang.ProcessBuilder.Redirect;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import org.almosttls.testkit.PemFiles;

/** A process with {@link JavaStacks}. */
final class AnotherJvm implements AutoCloseable {

    private static final int PATIENCE_MINUTES = 10;

    private final Process process;
    private final Map<String, CompletableFuture<String>> outcomes = new ConcurrentHashMap<>();
    private final CompletableFuture<String> none = new CompletableFuture<>();

    AnotherJvm(List<OtherStack> stacks) throws IOException {
        var command = new ArrayList<String>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        // Conscrypt is a native library.
        if (Runtime.version().feature() > 21) command.add("--enable-native-access=ALL-UNNAMED");
        command.add("-Dkeystore.pkcs12.keyPbeIterationCount=1");
        command.add("-Djava.security.properties=" + PemFiles.lines("jdk.tls.disabledAlgorithms=SSLv3, TLSv1, RC4"));
        command.addAll(List.of("-cp", System.getProperty("java.class.path"), JavaStacks.class.getName()));
        stacks.forEach(stack -> command.add(stack.name()));
        process = new ProcessBuilder(command).redirectError(Redirect.INHERIT).start();
        var reader = new Thread(this::read, "outcomes of " + process.pid());
        reader.setDaemon(true);
        reader.start();
    }

    private void read() {
        try (BufferedReader lines = process.inputReader()) {
            for (var line = lines.readLine(); line != null; line = lines.readLine()) {
                var words = line.split(" ", 3);
                of(words[0], Integer.parseInt(words[1])).complete(words[2].replace('\t', '\n'));
            }
            none.complete("the process has ended");
        } catch (IOException | RuntimeException e) {
            none.complete("what it says makes no sense: " + e);
        }
    }

    private CompletableFuture<String> of(String stack, int number) {
        return outcomes.computeIfAbsent(stack + ' ' + number, any -> new CompletableFuture<>());
    }

    /** How it went with this combination of the stack's {@link Plan}; empty if well. */
    String outcome(OtherStack stack, int number) throws Exception {
        var outcome = of(stack.name(), number);
        CompletableFuture.anyOf(outcome, none).get(PATIENCE_MINUTES, TimeUnit.MINUTES);
        return outcome.getNow(none.getNow(""));
    }

    @Override
    public void close() {
        process.destroyForcibly().onExit().join();
    }
}
