package org.almosttls.agent;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import sample.testkit.ChildJvm;
import sample.testkit.SampleApp;
import sample.testkit.SampleApp.Server;
import sample.testkit.SessionJson;
import sample.testkit.ThrowAwayKeys;

/** The sample applications as they are, in JVMs of their own under the agent, which tells sessions on stderr. */
final class Samples {

    static final Pattern SESSION = Pattern.compile("^\\{.*}$");

    private static final Duration PATIENCE = Duration.ofSeconds(60);

    private final ThrowAwayKeys keys;
    private final List<String> agent;
    private final String provider;

    /**
     * @param options of the agent, but for the log
     * @param provider whose TLS they have
     */
    Samples(Path folder, String options, String provider) {
        this.keys = ThrowAwayKeys.in(folder);
        this.agent = List.of("-javaagent:" + AgentJvm.JAR + "=" + options + "log=stderr,format=json");
        this.provider = provider;
    }

    ThrowAwayKeys keys() {
        return keys;
    }

    List<String> agent() {
        return agent;
    }

    /** With the agent too. */
    List<String> trusting() {
        List<String> arguments = new ArrayList<>(agent);
        arguments.addAll(keys.trustArguments());
        return arguments;
    }

    static ChildJvm ended(ChildJvm jvm, int exitCode) {
        assertEquals(exitCode, jvm.waitFor(PATIENCE), () -> jvm.stdout() + jvm.stderr());
        return jvm;
    }

    /** Says hello at the host, and leaves. */
    static ChildJvm chatted(List<String> arguments, Server host) {
        String port = Integer.toString(host.port());
        ChildJvm guest = SampleApp.start(arguments, "line-chat", "client", "localhost", port, "--name", "Bob");
        guest.awaitLine(Pattern.compile("^\\* Bob is here$"), PATIENCE);
        guest.stdin().println("hello");
        guest.awaitLine(Pattern.compile("^Bob: hello$"), PATIENCE);
        guest.stdin().close();
        return ended(guest, 0);
    }

    /** The only line of its log, and the only line on its stderr. */
    static SessionJson only(ChildJvm jvm) {
        List<String> lines = jvm.stderr().lines().toList();
        assertEquals(1, lines.size(), jvm::stderr);
        return SessionJson.parse(lines.get(0));
    }

    static SessionJson next(Server server) {
        return SessionJson.parse(server.jvm().awaitErrorLine(SESSION, PATIENCE).group());
    }

    void assertEstablished(String role, SessionJson session) {
        assertEquals(provider, session.at("almosttls.provider"));
        assertEquals(role, session.at("almosttls.role"));
        assertEquals("1.3", session.at("tls.protocol.version"));
        assertEquals("true", session.at("tls.established"));
    }
}
