package org.almosttls.agent;

import java.nio.file.Path;
import java.util.List;
import org.almosttls.agent.AgentJvm.Outcome;

/** Applications that speak plaintext over channels, in JVMs of their own, under the agent or without it. */
final class ChannelJvms {

    private static final String CLASSES =
            Path.of("target", "test-classes").toAbsolutePath().toString();
    private static final String PORTS = ",upgrade.ports=1024-65535";

    private final Path folder;
    private final List<String> java;

    private ChannelJvms(Path folder, List<String> java) {
        this.folder = folder;
        this.java = java;
    }

    /** With what both ends need there. */
    static ChannelJvms in(Path folder) throws Exception {
        UpgradeStores.makeIn(folder);
        return new ChannelJvms(folder, List.of());
    }

    /** The same with words for the JVMs themselves, at both ends. */
    ChannelJvms java(String... words) {
        return new ChannelJvms(folder, List.of(words));
    }

    static String atServer(String mode) {
        return "upgrade=" + mode + PORTS + ",upgrade.keystore=own.p12,upgrade.keystore.password_file=own.password";
    }

    static String atClient(String mode) {
        return "upgrade=" + mode + PORTS + ",upgrade.truststore=ca.pem";
    }

    /** @param options of the agent; without them there is none */
    ServingJvm server(String options, Class<?> application, String... words) throws Exception {
        List<String> command = AgentJvm.java();
        if (!options.isEmpty()) command.add("-javaagent:" + AgentJvm.JAR + "=" + options);
        command.addAll(java);
        command.addAll(List.of("-cp", CLASSES, application.getName()));
        command.addAll(List.of(words));
        return new ServingJvm(folder, command);
    }

    /** The same at the other end. */
    Outcome client(String options, Class<?> application, String what, int port) throws Exception {
        AgentJvm jvm = new AgentJvm().in(folder);
        if (!options.isEmpty()) jvm.agent(options);
        jvm.with(java.toArray(String[]::new));
        return jvm.with("-cp", CLASSES, application.getName(), what, "" + port).run();
    }
}
