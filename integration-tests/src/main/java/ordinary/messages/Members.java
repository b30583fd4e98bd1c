package ordinary.messages;

import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.Random;
import java.util.concurrent.ExecutionException;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.common.serialization.IntegerDeserializer;
import org.apache.kafka.common.serialization.IntegerSerializer;

/**
 * {@code Members <broker> [PLAINTEXT]}: one writes records of many sizes over TLS 1.3, another reads them over TLS 1.2; or both
 * do so in plaintext.
 */
public final class Members {

    private static final String TOPIC = "letters";
    private static final int LETTERS = 300;
    private static final int LARGEST = 60_000;

    private Members() {}

    public static void main(String... args) throws InterruptedException {
        try {
            boolean plaintext = args.length > 1;
            write(plaintext ? settings(args[0]) : settings(args[0], "TLSv1.3"));
            System.out.println(read(plaintext ? settings(args[0]) : settings(args[0], "TLSv1.2")));
        } catch (ExecutionException e) {
            System.out.println("refused: " + e.getCause().getClass().getSimpleName());
        }
    }

    private static void write(Properties settings) throws ExecutionException, InterruptedException {
        try (var producer = new KafkaProducer<>(settings, new IntegerSerializer(), new ByteArraySerializer())) {
            producer.send(new ProducerRecord<>(TOPIC, 0, letter(0))).get();
            for (int i = 1; i < LETTERS; i++) producer.send(new ProducerRecord<>(TOPIC, i, letter(i)));
            producer.flush();
        }
    }

    private static String read(Properties settings) {
        settings.putAll(Map.of("group.id", "readers", "auto.offset.reset", "earliest"));
        try (var consumer = new KafkaConsumer<>(settings, new IntegerDeserializer(), new ByteArrayDeserializer())) {
            consumer.subscribe(List.of(TOPIC));
            int count = 0;
            while (count < LETTERS) {
                for (ConsumerRecord<Integer, byte[]> letter : consumer.poll(Duration.ofSeconds(1))) {
                    if (letter.key() != count || !Arrays.equals(letter.value(), letter(count)))
                        return "letter " + letter.key() + " is out of place or other than it was, after " + count;
                    count++;
                }
            }
            return count + " letters as they were written";
        }
    }

    private static Properties settings(String broker) {
        Properties settings = new Properties();
        settings.put("bootstrap.servers", broker);
        return settings;
    }

    private static Properties settings(String broker, String version) {
        Properties settings = Tls.settings();
        settings.put("bootstrap.servers", broker);
        settings.put("security.protocol", "SSL");
        settings.put("ssl.enabled.protocols", version);
        settings.put("ssl.protocol", version);
        return settings;
    }

    private static byte[] letter(int number) {
        Random random = new Random(number);
        byte[] text = new byte[random.nextInt(LARGEST)];
        random.nextBytes(text);
        return text;
    }
}
