package sample.linechat;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;

/** Sends what is typed, prints what is said, until the server hangs up; at the end of stdin we ask it to. */
final class ChatClient {

    private ChatClient() {}

    static void chat(String host, int port, String name) throws IOException {
        try (var talker = new Talker(Tls.connect(host, port))) {
            talker.join();
            talker.tell(name);
            var typing = new Thread(() -> sendTyped(talker), "typing");
            typing.setDaemon(true);
            typing.start();
            for (String line = talker.readLine(); line != null; line = talker.readLine()) {
                System.out.println(line);
            }
        }
    }

    private static void sendTyped(Talker talker) {
        try {
            var typed = new BufferedReader(new InputStreamReader(System.in));
            for (String line = typed.readLine(); line != null; line = typed.readLine()) {
                talker.tell(line);
            }
            talker.finish();
        } catch (IOException e) {
            talker.close();
        }
    }
}
