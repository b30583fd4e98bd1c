package sample.kafkapair;

import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintStream;
import java.io.Writer;
import java.net.BindException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.Map;
import java.util.Properties;
import java.util.concurrent.ThreadLocalRandom;
import java.util.stream.Stream;
import kafka.server.KafkaConfig;
import kafka.server.KafkaRaftServer;
import kafka.tools.StorageTool;
import org.apache.kafka.common.Uuid;
import org.apache.kafka.common.utils.Time;

/** Kafka in one JVM, as small as it gets, over TLS only; what it stores is gone when it ends. */
final class Broker {

    private static final int ATTEMPTS = 100;

    private Broker() {}

    static void run(Options options) throws IOException {
        Path folder = Files.createTempDirectory("kafka-pair");
        String address = "localhost:" + (options.port() == 0 ? freePort() : options.port());
        Properties settings = Tls.settings(options);
        settings.putAll(addresses(address, "localhost:" + freePort()));
        settings.putAll(small());
        settings.put("log.dirs", folder.resolve("logs").toString());
        format(folder.resolve("server.properties"), settings);
        var server = new KafkaRaftServer(KafkaConfig.fromProps(settings, false), Time.SYSTEM);
        Runtime.getRuntime().addShutdownHook(new Thread(() -> stop(server, folder)));
        server.startup();
        System.out.println("listening on " + address);
        System.out.flush();
        server.awaitShutdown();
    }

    private static Map<String, String> addresses(String address, String controller) {
        return Map.of(
                "process.roles", "broker,controller",
                "node.id", "1",
                "listeners", "SSL://" + address + ",CONTROLLER://" + controller,
                "listener.security.protocol.map", "SSL:SSL,CONTROLLER:SSL",
                "controller.listener.names", "CONTROLLER",
                "controller.quorum.bootstrap.servers", controller,
                "inter.broker.listener.name", "SSL",
                "ssl.client.auth", "required");
    }

    private static Map<String, String> small() {
        return Map.of(
                "num.network.threads", "1",
                "num.io.threads", "2",
                "log.cleaner.dedupe.buffer.size", "4000000",
                "offsets.topic.replication.factor", "1");
    }

    /** One that systems give to nobody who asks for any, so that it is still free when Kafka has started. */
    private static int freePort() throws IOException {
        for (int attempt = 1; ; attempt++) {
            int port = ThreadLocalRandom.current().nextInt(20_000, 32_768);
            try (var socket = new ServerSocket(port, 1, InetAddress.getLoopbackAddress())) {
                return socket.getLocalPort();
            } catch (BindException taken) {
                if (attempt == ATTEMPTS) throw taken;
            }
        }
    }

    /** Kafka wants its folders made by a tool of its own, which reads the settings from a file. */
    private static void format(Path file, Properties settings) throws IOException {
        try (Writer out = Files.newBufferedWriter(file)) {
            settings.store(out, null);
        }
        String cluster = Uuid.randomUuid().toString();
        String[] words = {"format", "--standalone", "--cluster-id", cluster, "--config", file.toString()};
        var silent = new PrintStream(OutputStream.nullOutputStream());
        if (StorageTool.execute(words, silent) != 0) throw new IOException("Kafka does not take its settings");
    }

    private static void stop(KafkaRaftServer server, Path folder) {
        server.shutdown();
        server.awaitShutdown();
        try (Stream<Path> files = Files.walk(folder)) {
            for (Path file : files.sorted(Comparator.reverseOrder()).toList()) Files.deleteIfExists(file);
        } catch (IOException e) {
            System.err.println("kafka-pair: " + folder + " is still there: " + e.getMessage());
        }
    }
}
