package sample.kafkapair;

import java.time.Duration;
import java.util.List;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.StringDeserializer;

/** Prints all lines there are and will be, from the first on. */
final class Consumer {

    private Consumer() {}

    static void run(Options options) {
        var text = new StringDeserializer();
        var lines = List.of(new TopicPartition(Tls.TOPIC, 0));
        try (var consumer = new KafkaConsumer<>(Tls.client(options), text, text)) {
            consumer.assign(lines);
            consumer.seekToBeginning(lines);
            int count = 0;
            while (count < options.count()) {
                for (var line : consumer.poll(Duration.ofSeconds(1))) {
                    if (count++ < options.count()) System.out.println(line.value());
                }
                System.out.flush();
            }
        }
    }
}
