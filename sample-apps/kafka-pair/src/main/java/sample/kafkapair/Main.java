package sample.kafkapair;

import java.io.IOException;
import java.util.concurrent.ExecutionException;
import org.apache.kafka.common.KafkaException;

/** Runs one of the two ends, or the broker between them. */
public final class Main {

    private Main() {}

    public static void main(String... args) throws InterruptedException {
        Options options = Options.parseOrExit(args);
        try {
            switch (options.end()) {
                case BROKER -> Broker.run(options);
                case PRODUCER -> Producer.run(options);
                case CONSUMER -> Consumer.run(options);
            }
        } catch (ExecutionException e) {
            fail(e.getCause());
        } catch (IOException | KafkaException e) {
            fail(e);
        }
    }

    /** Kafka says what it was doing, and its cause what went wrong. */
    private static void fail(Throwable thrown) {
        String cause = thrown.getCause() == null ? "" : ": " + thrown.getCause().getMessage();
        System.err.println("kafka-pair: " + thrown.getMessage() + cause);
        System.exit(1);
    }
}
