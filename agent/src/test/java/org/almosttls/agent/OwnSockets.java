package org.almosttls.agent;

import java.io.ByteArrayInputStream;
import java.io.File;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.ByteBuffer;
import java.security.KeyStore;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.SSLSocket;

/** A server that does TLS itself over sockets that wait, and sends back what it gets; who reads of them is as it is told. */
public final class OwnSockets {

    private static final int ROOM = 1 << 15;

    private OwnSockets() {}

    /** @param words who reads, its key store, and its password */
    public static void main(String[] words) throws Exception {
        var keys = KeyManagerFactory.getInstance("PKIX");
        keys.init(KeyStore.getInstance(new File(words[1]), words[2].toCharArray()), words[2].toCharArray());
        SSLContext tls = SSLContext.getInstance("TLS");
        tls.init(keys.getKeyManagers(), null, null);
        InetAddress here = InetAddress.getLoopbackAddress();
        try (ServerSocket listening = words[0].equals("listening")
                ? tls.getServerSocketFactory().createServerSocket(0, 5, here)
                : new ServerSocket(0, 5, here)) {
            System.out.println("port " + listening.getLocalPort());
            while (true) serve(words[0], tls, listening.accept());
        }
    }

    private static void serve(String who, SSLContext tls, Socket accepted) throws IOException {
        try (accepted;
                Socket talk = over(who, tls, accepted)) {
            talk.getInputStream().transferTo(talk.getOutputStream());
        } catch (IOException left) {
            return;
        }
    }

    private static Socket over(String who, SSLContext tls, Socket accepted) throws IOException {
        return switch (who) {
            case "listening" -> accepted;
            case "layered" -> layered(tls, accepted, null);
            case "consumed" -> layered(tls, accepted, new ByteArrayInputStream(first(accepted)));
            case "engine" -> unwrapped(tls, accepted);
            default -> throw new IllegalArgumentException(who);
        };
    }

    /** What the application has a look at before it begins with TLS. */
    private static byte[] first(Socket accepted) throws IOException {
        return accepted.getInputStream().readNBytes(3);
    }

    private static Socket layered(SSLContext tls, Socket accepted, InputStream consumed) throws IOException {
        var factory = tls.getSocketFactory();
        SSLSocket talk = (SSLSocket) factory.createSocket(accepted, consumed, true);
        talk.setUseClientMode(false);
        return talk;
    }

    /** What does not begin with a ClientHello it refuses. */
    private static Socket unwrapped(SSLContext tls, Socket accepted) throws IOException {
        SSLEngine engine = tls.createSSLEngine();
        engine.setUseClientMode(false);
        byte[] network = new byte[ROOM];
        int count = accepted.getInputStream().read(network);
        engine.unwrap(ByteBuffer.wrap(network, 0, count), ByteBuffer.allocate(ROOM));
        throw new IOException("what it got was a ClientHello: " + engine.getHandshakeStatus());
    }
}
