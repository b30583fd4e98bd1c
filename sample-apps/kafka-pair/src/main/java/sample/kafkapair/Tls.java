package sample.kafkapair;

import java.util.Map;
import java.util.Properties;

/** What Kafka calls the key store. Without a trust store of its own it takes that of {@code javax.net.ssl}. */
final class Tls {

    /** Where the lines go and come from. */
    static final String TOPIC = "lines";

    private Tls() {}

    static Properties settings(Options options) {
        Properties settings = new Properties();
        settings.putAll(Map.of(
                "ssl.keystore.location", options.keyStore(),
                "ssl.keystore.password", options.password(),
                "ssl.key.password", options.password(),
                "ssl.keystore.type", "PKCS12"));
        return settings;
    }

    static Properties client(Options options) {
        Properties settings = settings(options);
        settings.put("security.protocol", "SSL");
        settings.put("bootstrap.servers", options.address());
        return settings;
    }
}
