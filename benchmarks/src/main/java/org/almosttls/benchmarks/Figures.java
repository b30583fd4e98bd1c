package org.almosttls.benchmarks;

import java.io.IOException;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * What watching costs, and what an upgrade does: {@code java -jar benchmarks/target/benchmarks.jar
 * observe|observe-jvms|upgrade [rounds]}, in a checkout that is built. Without a number it is a short look, whose numbers
 * mean nothing; with one each round takes up to half an hour of processors that have nothing else to do.
 *
 * <p>{@code observe} turns watching on and off within one JVM. {@code observe-jvms} compares JVMs without the agent, with
 * its hooks alone, and with one that watches; it shows what weaving takes, but JVMs differ by 5 to 12 % even where they do
 * the same.
 *
 * <p>The figures to reach: watched, a handshake takes 1.03 times the CPU that it takes without, and a transfer 1.01 times; an
 * upgraded application has 80 % of the throughput of one that does TLS by itself, which is 1.25 times the CPU; and nothing
 * of ours is allocated for a record.
 */
public final class Figures {

    private static final Path AGENT = Path.of("agent", "target", "almost-tls-agent.jar");
    private static final List<String> COMMANDS = List.of("observe", "observe-jvms", "upgrade");
    private static final List<String> VERSIONS = List.of("TLSv1.3", "TLSv1.2");

    private final Path log;
    private final Path identity;
    private final Path password;

    private Figures(Path folder) {
        this.log = folder.resolve("sessions.jsonl");
        this.identity = folder.resolve("own.p12");
        this.password = folder.resolve("own.password");
    }

    public static void main(String[] arguments) throws Exception {
        String which = arguments.length > 0 ? arguments[0] : "";
        if (!COMMANDS.contains(which) || !Files.exists(AGENT)) {
            System.err.println("usage, in a checkout that is built: " + String.join("|", COMMANDS) + " [rounds]");
            System.exit(2);
        }
        new Figures(Files.createTempDirectory("figures")).run(which, arguments);
    }

    private void run(String which, String[] arguments) throws Exception {
        Identity.make(identity);
        Files.writeString(password, Identity.PASSWORD + "\n");
        boolean isLook = arguments.length < 2;
        int rounds = isLook ? 1 : Integer.parseInt(arguments[1]);
        List<Measured> all = measured(which);
        for (int round = 0; round < rounds; round++) {
            System.out.printf(
                    "%nround %d of %d%n%s%n", round + 1, rounds, all.get(0).head());
            for (Measured each : all) {
                each.round(isLook, forAll());
                each.lines().forEach(System.out::println);
            }
            if (!Files.exists(log) || Files.size(log) == 0)
                throw new IllegalStateException("the agent told of nothing");
        }
    }

    private List<Measured> measured(String which) throws IOException {
        if (which.equals("upgrade")) return upgraded();
        List<Measured> all = new ArrayList<>();
        for (String version : VERSIONS) {
            for (String over : List.of(Watched.ENGINE, Watched.SOCKET)) {
                all.add(watched(which, Watched.HANDSHAKE, version, over));
                all.add(watched(which, Watched.TRANSFER, version, over));
            }
            all.add(watched(which, Watched.TRANSFER, version, Watched.CHANNEL));
        }
        return all;
    }

    private Measured watched(String which, String what, String version, String over) {
        boolean inTurns = which.equals("observe");
        return inTurns ? new Watched(List.of(what, version, over), AGENT, log) : jvms(what, version, over);
    }

    private List<String> forAll() {
        return List.of("-D" + Identity.PROPERTY + "=" + identity, "-Xms512m", "-Xmx512m");
    }

    /** The platform's TLS in a JVM without the agent, in one where it has woven but nobody watches, and in one where it does. */
    private Comparison jvms(String what, String version, String over) {
        boolean isHandshake = what.equals(Watched.HANDSHAKE);
        Class<?> benchmark = isHandshake ? Handshakes.class : Transfers.class;
        Map<String, String> parameters =
                isHandshake ? Map.of("version", version) : Map.of("version", version, "provider", "SunJSSE");
        String agent = "-javaagent:" + AGENT + "=mode=observe,log=" + log;
        return new Comparison(
                what + ", " + version + ", " + over,
                new Way("alone", benchmark, over, parameters, List.of()),
                new Way("woven", benchmark, over, parameters, List.of(agent, "-D" + Switch.OFF + "=true")),
                new Way("watched", benchmark, over, parameters, List.of(agent)));
    }

    /** An application that does TLS by itself, with ours and the platform's, and one that is upgraded. */
    private List<Measured> upgraded() throws IOException {
        String ports = freePorts();
        List<String> words = List.of(
                "-D" + PlainTransfers.PORTS + "=" + ports,
                "-javaagent:" + AGENT + "=upgrade=strict,upgrade.ports=" + ports + ",log=" + log + store("keystore")
                        + store("truststore"));
        List<Measured> all = new ArrayList<>();
        for (String over : List.of("socket", "channel")) {
            all.add(new Comparison(
                    "16 KiB, " + over,
                    own("AlmostTLS", over),
                    own("SunJSSE", over),
                    new Way("upgraded", PlainTransfers.class, over, Map.of(), words)));
        }
        return all;
    }

    private static Way own(String provider, String over) {
        Map<String, String> parameters = Map.of("provider", provider, "version", "TLSv1.3");
        return new Way(provider, Transfers.class, over, parameters, List.of());
    }

    private String store(String which) {
        return ",upgrade." + which + "=" + identity + ",upgrade." + which + ".password_file=" + password;
    }

    private static String freePorts() throws IOException {
        try (ServerSocket one = new ServerSocket(0);
                ServerSocket other = new ServerSocket(0)) {
            return one.getLocalPort() + "," + other.getLocalPort();
        }
    }
}
