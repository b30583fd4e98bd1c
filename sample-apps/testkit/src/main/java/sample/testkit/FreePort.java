package sample.testkit;

import java.io.IOException;
import java.net.BindException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.atomic.AtomicInteger;

/** A port for a server that has to be told one: none that systems give to whoever asks for any, and none twice. */
public final class FreePort {

    private static final int LOWEST = 20_000;
    private static final int PORTS = 12_768;
    private static final int ATTEMPTS = 100;

    /** Each JVM of tests begins elsewhere. */
    private static final AtomicInteger NEXT =
            new AtomicInteger(ThreadLocalRandom.current().nextInt(PORTS));

    private FreePort() {}

    public static int find() throws IOException {
        for (int attempt = 1; ; attempt++) {
            int port = LOWEST + NEXT.getAndIncrement() % PORTS;
            try (var socket = new ServerSocket(port, 1, InetAddress.getLoopbackAddress())) {
                return socket.getLocalPort();
            } catch (BindException taken) {
                if (attempt == ATTEMPTS) throw taken;
            }
        }
    }
}
