package ordinary.messages;

import java.util.Properties;
import ordinary.web.Stores;

/** Kafka's words for the trust store that it was started with, and for the key store if there is one. */
final class Tls {

    private Tls() {}

    static Properties settings() {
        Stores stores = Stores.given();
        Properties settings = new Properties();
        settings.put("ssl.truststore.location", stores.trust());
        settings.put("ssl.truststore.type", "PKCS12");
        settings.put("ssl.truststore.password", stores.password());
        if (!stores.own().isEmpty()) show(stores, settings);
        return settings;
    }

    private static void show(Stores stores, Properties settings) {
        settings.put("ssl.keystore.location", stores.own());
        settings.put("ssl.keystore.type", "PKCS12");
        settings.put("ssl.keystore.password", stores.password());
        settings.put("ssl.key.password", stores.password());
    }
}
