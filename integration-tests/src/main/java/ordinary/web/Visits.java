package ordinary.web;

import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import ordinary.web.Browser.Reply;

/**
 * A client that visits sites one after the other: {@code Visits <client> (HTTP/2|HTTP/1.1 <uri>)...}. Each visit is a
 * client of its own that reads the greeting, uploads half a megabyte and compares what comes back; one line each.
 */
public final class Visits {

    private static final int UPLOAD = 500_000;

    private Visits() {}

    public static void main(String... args) {
        Browser.Maker maker = Client.valueOf(args[0]).maker();
        for (int next = 1; next < args.length; next += 2) {
            System.out.println(args[next] + " " + args[next + 1] + " " + visit(maker, args[next], args[next + 1]));
        }
        // Some of them keep threads that would keep the JVM.
        System.exit(0);
    }

    private static String visit(Browser.Maker maker, String version, String uri) {
        try (Browser browser = maker.open(Stores.given(), version.equals(Browser.HTTP_2))) {
            Reply greeting = browser.read(URI.create(uri));
            byte[] upload = upload();
            Reply echo = browser.post(URI.create(uri).resolve(Site.ECHO), upload);
            return greeting.version() + " " + new String(greeting.body(), StandardCharsets.UTF_8)
                    + (Arrays.equals(upload, echo.body()) ? " and all back" : " and other bytes back");
        } catch (Exception e) {
            e.printStackTrace();
            return "failed: " + e;
        }
    }

    private static byte[] upload() {
        byte[] upload = new byte[UPLOAD];
        for (int i = 0; i < upload.length; i++) upload[i] = (byte) (i * 31 + (i >> 8));
        return upload;
    }
}
