package sample.kafkapair;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.ExecutionException;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.StringSerializer;

/** Sends what is typed, line by line, each when the one before has arrived. */
final class Producer {

    private Producer() {}

    static void run(Options options) throws IOException, ExecutionException, InterruptedException {
        var typed = new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8));
        var text = new StringSerializer();
        try (var producer = new KafkaProducer<>(Tls.client(options), text, text)) {
            int count = 0;
            for (String line = typed.readLine(); line != null; line = typed.readLine()) {
                producer.send(new ProducerRecord<>(Tls.TOPIC, line)).get();
                count++;
            }
            System.out.println("sent " + count + " lines");
        }
    }
}
