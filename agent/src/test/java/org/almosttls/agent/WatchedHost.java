package org.almosttls.agent;

import java.io.File;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.security.KeyStore;
import java.util.ArrayList;
import java.util.List;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLServerSocket;

/** An application that gives a page to {@code openssl s_client}, as {@link WatchedVisit} asks for one. */
public final class WatchedHost {

    private static final byte[] PAGE = "page\n".getBytes(StandardCharsets.US_ASCII);
    private static final InetAddress HERE = InetAddress.getLoopbackAddress();

    private final SSLContext context;
    private final File keyLog;
    private final File sessions;

    private WatchedHost(String folder, String stack, File keyLog) throws Exception {
        var keys = WatchedStacks.keys(stack);
        keys.init(KeyStore.getInstance(new File(folder, "server-ec.p12"), WatchedApp.PASSWORD), WatchedApp.PASSWORD);
        this.context = WatchedStacks.context(stack);
        this.context.init(keys.getKeyManagers(), null, null);
        this.keyLog = keyLog;
        this.sessions = keyLog.getAbsoluteFile().getParentFile();
    }

    /** @param arguments the folder of the key store, whose stack, and where the client logs its secrets */
    public static void main(String[] arguments) throws Exception {
        var host = new WatchedHost(arguments[0], arguments[1], new File(arguments[2]));
        for (String version : List.of("TLSv1.3", "TLSv1.2")) {
            try (var listening = host.listen(version);
                    var bare = new ServerSocket(0, 5, HERE)) {
                host.serve(listening, version);
                host.serve(bare, version);
            }
        }
    }

    private SSLServerSocket listen(String version) throws IOException {
        var listening = (SSLServerSocket) context.getServerSocketFactory().createServerSocket(0, 5, HERE);
        listening.setEnabledProtocols(new String[] {version});
        return listening;
    }

    private void serve(ServerSocket listening, String version) throws Exception {
        for (int i = 0; i < 2; i++) {
            var visitor = visitor(listening.getLocalPort(), version);
            answer(listening.accept(), version);
            System.out.print(new String(visitor.getInputStream().readAllBytes(), StandardCharsets.US_ASCII));
            visitor.waitFor();
        }
    }

    private void answer(Socket accepted, String version) throws IOException {
        if (accepted instanceof javax.net.ssl.SSLSocket) {
            try (accepted) {
                accepted.getOutputStream().write(PAGE);
            }
            return;
        }
        var engine = context.createSSLEngine();
        engine.setUseClientMode(false);
        engine.setEnabledProtocols(new String[] {version});
        try (var talk = new WatchedTalk(engine, accepted)) {
            talk.say(PAGE);
        }
    }

    private Process visitor(int port, String version) throws IOException {
        var session = new File(sessions, port + ".session");
        var words = new ArrayList<>(List.of("openssl", "s_client", "-quiet", "-connect", "127.0.0.1:" + port));
        words.addAll(List.of("-keylogfile", keyLog.toString(), "-sess_out", session.toString()));
        words.add(version.equals("TLSv1.3") ? "-tls1_3" : "-tls1_2");
        // Not each server gives one to come again with.
        if (session.exists()) words.addAll(List.of("-sess_in", session.toString()));
        return new ProcessBuilder(words)
                .redirectError(ProcessBuilder.Redirect.DISCARD)
                .start();
    }
}
