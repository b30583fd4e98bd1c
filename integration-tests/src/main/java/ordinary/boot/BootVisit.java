package ordinary.boot;

import java.util.Arrays;
import org.springframework.web.client.RestClient;

/** A visit by Spring's client over the JDK's: it reads the greeting, and uploads half a megabyte that has to come back. */
final class BootVisit {

    private BootVisit() {}

    static String to(String uri) {
        RestClient client = RestClient.create(uri);
        byte[] upload = new byte[500_000];
        Arrays.fill(upload, (byte) 7);
        String greeting = client.get().retrieve().body(String.class);
        byte[] echo = client.post().body(upload).retrieve().body(byte[].class);
        return greeting + (Arrays.equals(upload, echo) ? " and all back" : " and other bytes back");
    }
}
