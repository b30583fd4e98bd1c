package ordinary.messages;

import java.io.IOException;
import java.io.Writer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Properties;
import kafka.server.KafkaConfig;
import kafka.server.KafkaRaftServer;
import kafka.tools.StorageTool;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.Uuid;
import org.apache.kafka.common.utils.Time;

/** {@code Broker <folder> <address> <controller's address>}: Kafka, broker and controller in one, for members only. */
public final class Broker {

    private Broker() {}

    public static void main(String... args) throws IOException {
        run(Path.of(args[0]), args[1], settings(Path.of(args[0]), args[1], args[2]));
    }

    static void run(Path folder, String address, Properties settings) throws IOException {
        format(folder.resolve("server.properties"), settings);
        KafkaRaftServer server = new KafkaRaftServer(KafkaConfig.fromProps(settings), Time.SYSTEM);
        start(server, address);
        Runtime.getRuntime().addShutdownHook(new Thread(server::shutdown));
        server.awaitShutdown();
    }

    private static void start(KafkaRaftServer server, String address) {
        try {
            server.startup();
            System.out.println("listening on " + address);
        } catch (KafkaException e) {
            System.out.println("not listening: " + e.getMessage());
            System.exit(1);
        }
    }

    private static void format(Path file, Properties settings) throws IOException {
        try (Writer out = Files.newBufferedWriter(file)) {
            settings.store(out, null);
        }
        String[] words = {
            "format", "--standalone", "--cluster-id", Uuid.randomUuid().toString(), "--config", file.toString()
        };
        if (StorageTool.execute(words, System.err) != 0) throw new IOException("there is no storage in " + file);
    }

    private static Properties settings(Path folder, String address, String controller) {
        Properties settings = Tls.settings();
        settings.putAll(Map.of(
                "process.roles", "broker,controller",
                "node.id", "1",
                "listeners", "SSL://" + address + ",CONTROLLER://" + controller,
                "controller.quorum.bootstrap.servers", controller,
                "controller.listener.names", "CONTROLLER",
                "inter.broker.listener.name", "SSL",
                "listener.security.protocol.map", "SSL:SSL,CONTROLLER:SSL",
                "log.dirs", folder.resolve("logs").toString()));
        settings.putAll(Map.of(
                "ssl.client.auth", "required",
                "authorizer.class.name", "org.apache.kafka.metadata.authorizer.StandardAuthorizer",
                "super.users", "User:CN=localhost;User:CN=client"));
        settings.putAll(smallest());
        return settings;
    }

    /** Of everything as little as there may be. */
    static Map<String, String> smallest() {
        return Map.of(
                "num.network.threads", "1",
                "num.io.threads", "2",
                "background.threads", "2",
                "log.cleaner.dedupe.buffer.size", "4000000",
                "offsets.topic.replication.factor", "1",
                "offsets.topic.num.partitions", "1",
                "group.initial.rebalance.delay.ms", "0");
    }
}
