package ordinary.messages;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Map;
import java.util.Properties;

/**
 * {@code PlainBroker <folder> <address> <what clients are told> <controller's address> <what the broker is told>}: Kafka, broker
 * and controller in one, in plaintext and for everybody.
 */
public final class PlainBroker {

    private PlainBroker() {}

    public static void main(String... args) throws IOException {
        Properties settings = new Properties();
        settings.putAll(Map.of(
                "process.roles", "broker,controller",
                "node.id", "1",
                "listeners", "PLAINTEXT://" + args[1] + ",CONTROLLER://" + args[3],
                "advertised.listeners", "PLAINTEXT://" + args[2] + ",CONTROLLER://" + args[4],
                "controller.quorum.bootstrap.servers", args[4],
                "controller.listener.names", "CONTROLLER",
                "inter.broker.listener.name", "PLAINTEXT",
                "listener.security.protocol.map", "PLAINTEXT:PLAINTEXT,CONTROLLER:PLAINTEXT",
                "log.dirs", Path.of(args[0], "logs").toString()));
        settings.putAll(Broker.smallest());
        Broker.run(Path.of(args[0]), args[1], settings);
    }
}
