package org.almosttls.ocsp;

import java.net.URI;
import java.time.Duration;
import java.util.Optional;

/**
 * The platform's {@code jdk.tls.stapling} properties.
 *
 * @param responder where to ask about certificates that name nobody, or about all
 * @param override whether {@code responder} is asked about all
 * @param timeout how long a handshake waits for a response
 * @param cacheSize how many certificates' responses are kept, at least one
 * @param cacheLifetime how long a response is kept; zero for as long as it is good
 */
record StaplingSettings(
        Optional<URI> responder, boolean override, Duration timeout, int cacheSize, Duration cacheLifetime) {

    private static final int TIMEOUT_MILLIS = 5000;
    private static final int SIZE = 256;
    private static final int LIFETIME_SECONDS = 3600;

    static StaplingSettings ofSystem() {
        return new StaplingSettings(
                Optional.ofNullable(System.getProperty("jdk.tls.stapling.responderURI"))
                        .flatMap(StaplingSettings::uri),
                Boolean.getBoolean("jdk.tls.stapling.responderOverride"),
                Duration.ofMillis(number("responseTimeout", TIMEOUT_MILLIS)),
                Math.max(1, number("cacheSize", SIZE)),
                Duration.ofSeconds(number("cacheLifetime", LIFETIME_SECONDS)));
    }

    private static int number(String word, int otherwise) {
        int wanted = Integer.getInteger("jdk.tls.stapling." + word, otherwise);
        return wanted < 0 ? otherwise : wanted;
    }

    static Optional<URI> uri(String text) {
        try {
            return Optional.of(URI.create(text.trim()));
        } catch (IllegalArgumentException malformed) {
            return Optional.empty();
        }
    }
}
