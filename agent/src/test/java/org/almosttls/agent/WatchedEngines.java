package org.almosttls.agent;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.SSLException;
import javax.net.ssl.SSLParameters;

/** Two engines and what goes between them, until nothing does any more. */
final class WatchedEngines {

    private static final int ROUNDS = 40;

    private final SSLContext serving;
    private final SSLContext visiting;

    /** One engine, what it has to say, and what has come for it. */
    private static final class End {

        private final SSLEngine engine;
        private final ByteBuffer said = ByteBuffer.wrap("ping".getBytes(StandardCharsets.US_ASCII));
        private final ByteBuffer heard = ByteBuffer.allocate(1 << 16);
        private final ByteBuffer arrived = ByteBuffer.allocate(1 << 17);
        private String outcome = "done";

        End(SSLEngine engine) {
            this.engine = engine;
        }

        void turn(ByteBuffer to) {
            try {
                work();
                if (!engine.isOutboundDone()) engine.wrap(said, to);
                work();
                arrived.flip();
                if (arrived.hasRemaining() && !engine.isInboundDone()) engine.unwrap(arrived, heard);
                arrived.compact();
            } catch (SSLException e) {
                arrived.clear();
                outcome = "failed";
                Traces.print(Thread.currentThread().getName(), e);
            }
        }

        private void work() {
            for (Runnable task = engine.getDelegatedTask(); task != null; task = engine.getDelegatedTask()) task.run();
        }
    }

    WatchedEngines(SSLContext serving, SSLContext visiting) {
        this.serving = serving;
        this.visiting = visiting;
    }

    void play(WatchedCase played) throws InterruptedException {
        var thread = new Thread(() -> converse(played), played + " engines");
        thread.start();
        thread.join();
    }

    private void converse(WatchedCase played) {
        var server = new End(serving.createSSLEngine());
        server.engine.setUseClientMode(false);
        var client = new End(visiting.createSSLEngine("localhost", 4433));
        client.engine.setUseClientMode(true);
        SSLParameters atServer = server.engine.getSSLParameters();
        WatchedApp.serverParameters(played, atServer);
        server.engine.setSSLParameters(atServer);
        SSLParameters atClient = client.engine.getSSLParameters();
        WatchedApp.clientParameters(played, atClient);
        client.engine.setSSLParameters(atClient);
        var plaintext = ByteBuffer.wrap("HTTP/1.1 400 Bad\r\n\r\n".getBytes(StandardCharsets.US_ASCII));
        if (played == WatchedCase.PLAINTEXT_CLIENT) server.arrived.put(plaintext);
        for (int i = 0; i < ROUNDS; i++) {
            if (played != WatchedCase.PLAINTEXT_CLIENT) client.turn(server.arrived);
            if (played == WatchedCase.PLAINTEXT_SERVER && i == 0) client.arrived.put(plaintext);
            else if (played == WatchedCase.CLOSED_AFTER_HELLO && i == 0) cutOff(client);
            else if (!WatchedApp.isBare(played)) server.turn(client.arrived);
            if (client.heard.position() > 0 && server.heard.position() > 0) {
                client.engine.closeOutbound();
                server.engine.closeOutbound();
            }
        }
        System.out.println(played + " client=" + client.outcome);
        System.out.println(played + " server=" + server.outcome);
    }

    private static void cutOff(End end) {
        try {
            end.engine.closeInbound();
        } catch (SSLException truncated) {
            end.outcome = "failed";
        }
    }
}
