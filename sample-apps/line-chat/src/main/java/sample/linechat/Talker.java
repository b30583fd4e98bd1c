package sample.linechat;

import java.io.BufferedReader;
import java.io.BufferedWriter;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.OutputStreamWriter;
import java.net.Socket;
import java.nio.charset.StandardCharsets;

/** A connection of lines, in UTF-8. One thread may read while others tell. */
final class Talker implements AutoCloseable {

    private final Socket socket;
    private final BufferedReader in;
    private final BufferedWriter out;
    private volatile boolean joined;

    Talker(Socket socket) throws IOException {
        this.socket = socket;
        this.in = new BufferedReader(new InputStreamReader(socket.getInputStream(), StandardCharsets.UTF_8));
        this.out = new BufferedWriter(new OutputStreamWriter(socket.getOutputStream(), StandardCharsets.UTF_8));
    }

    /** The next line, or null when the other end has no more to say. */
    String readLine() throws IOException {
        return in.readLine();
    }

    /** From now on it is told things. */
    void join() {
        joined = true;
    }

    /** Sends a line to one who has joined; if that fails, the connection is closed, and its reader will notice. */
    void tell(String line) {
        if (joined) {
            try {
                write(line);
            } catch (IOException e) {
                close();
            }
        }
    }

    private synchronized void write(String line) throws IOException {
        out.write(line + "\n");
        out.flush();
    }

    /** Says that nothing more will come from us; the other end may go on. */
    void finish() throws IOException {
        socket.shutdownOutput();
    }

    @Override
    public void close() {
        try {
            socket.close();
        } catch (IOException e) {
            System.err.println("line-chat: " + e.getMessage());
        }
    }
}
