package sample.linechat;

import java.io.IOException;
import java.net.Socket;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import javax.net.ssl.SSLServerSocket;

/** Takes clients, a thread for each, and tells all of them what each one says. */
final class ChatServer implements AutoCloseable {

    private final SSLServerSocket listener;
    private final Set<Talker> talkers = ConcurrentHashMap.newKeySet();

    ChatServer(SSLServerSocket listener) {
        this.listener = listener;
    }

    /** Until {@link #close}. */
    void run() {
        try {
            while (!listener.isClosed()) {
                Socket socket = listener.accept();
                new Thread(() -> serve(socket)).start();
            }
        } catch (IOException e) {
            complain(e);
        }
    }

    private void serve(Socket socket) {
        try (var talker = new Talker(socket)) {
            talkers.add(talker);
            try {
                serve(talker);
            } finally {
                talkers.remove(talker);
            }
        } catch (IOException e) {
            complain(e);
        }
    }

    /** The first read shakes hands too, which therefore holds up this client's thread and no other. */
    private void serve(Talker talker) throws IOException {
        String name = talker.readLine();
        if (name == null) {
            return;
        }
        talker.join();
        tellAll("* " + name + " is here");
        try {
            for (String line = talker.readLine(); line != null; line = talker.readLine()) {
                tellAll(name + ": " + line);
            }
        } finally {
            talkers.remove(talker);
            tellAll("* " + name + " is gone");
        }
    }

    /** One who does not read holds up all others; a larger chat would give each a queue. */
    private void tellAll(String line) {
        talkers.forEach(talker -> talker.tell(line));
    }

    private void complain(IOException e) {
        if (!listener.isClosed()) {
            System.err.println("line-chat: " + e.getMessage());
        }
    }

    /** Takes no more clients, and says goodbye to those who are here. */
    @Override
    public void close() {
        try {
            listener.close();
        } catch (IOException e) {
            System.err.println("line-chat: " + e.getMessage());
        }
        talkers.forEach(Talker::close);
    }
}
