package org.almosttls.agent.cli;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** The command lines of sample applications under the agent. */
record JavaUnderAgent(Path agent, Path samples) {

    /** Trusting the demo's authority and nobody else. */
    List<String> trusting(String sample, String... arguments) throws DemoFailed {
        return command(
                sample,
                List.of(
                        "-Djavax.net.ssl.trustStore=" + DemoFolder.TRUST_STORE,
                        "-Djavax.net.ssl.trustStorePassword=" + DemoFolder.PASSWORD),
                arguments);
    }

    /** With the JVM's own opinion of whom to trust. */
    List<String> plain(String sample, String... arguments) throws DemoFailed {
        return command(sample, List.of(), arguments);
    }

    private List<String> command(String sample, List<String> properties, String... arguments) throws DemoFailed {
        Path jar = samples.resolve(Path.of(sample, "target", sample + ".jar"));
        if (!Files.isRegularFile(jar)) throw new DemoFailed("it is not built: " + jar);
        List<String> words = new ArrayList<>();
        words.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        words.add("-javaagent:" + agent);
        words.addAll(properties);
        words.addAll(List.of("-jar", jar.toString()));
        words.addAll(List.of(arguments));
        return words;
    }
}
