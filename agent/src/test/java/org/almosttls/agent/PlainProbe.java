package org.almosttls.agent;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.ByteBuffer;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;

/** What {@link ProbeApp} has in plaintext, as far as it knows: a socket and a channel, which it keeps. */
final class PlainProbe {

    private static Socket socket;
    private static SocketChannel channel;

    private PlainProbe() {}

    static String open(String port) throws IOException {
        var server = new InetSocketAddress(InetAddress.getLoopbackAddress(), Integer.parseInt(port));
        socket = new Socket(server.getAddress(), server.getPort());
        channel = SocketChannel.open(server);
        return "open";
    }

    static String echoBySocket(String line) throws IOException {
        socket.getOutputStream().write(line.getBytes(StandardCharsets.UTF_8));
        byte[] answer = socket.getInputStream().readNBytes(line.length());
        return new String(answer, StandardCharsets.UTF_8);
    }

    static String echoByChannel(String line) throws IOException {
        channel.write(ByteBuffer.wrap(line.getBytes(StandardCharsets.UTF_8)));
        ByteBuffer answer = ByteBuffer.allocate(line.length());
        while (answer.hasRemaining() && channel.read(answer) >= 0) Thread.onSpinWait();
        return new String(answer.array(), StandardCharsets.UTF_8);
    }

    static String leave() throws IOException {
        socket.close();
        socket = null;
        channel = null;
        return "left";
    }
}
