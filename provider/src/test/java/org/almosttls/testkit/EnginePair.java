package org.almosttls.testkit;

import java.util.Arrays;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.SSLException;

/** A client's and a server's engine that share nothing but the bytes they exchange. */
public final class EnginePair {

    private static final byte[] NO_DATA = {};

    private final EngineEnd client;
    private final EngineEnd server;

    public EnginePair(SSLContext clientContext, SSLContext serverContext) {
        this(clientContext.createSSLEngine(TestCertificates.HOST, 443), serverContext.createSSLEngine());
    }

    /** Of fresh engines. */
    public EnginePair(SSLEngine ofClient, SSLEngine ofServer) {
        ofClient.setUseClientMode(true);
        ofServer.setUseClientMode(false);
        client = new EngineEnd(ofClient);
        server = new EngineEnd(ofServer);
    }

    public EngineEnd client() {
        return client;
    }

    public EngineEnd server() {
        return server;
    }

    public EnginePair handshake() throws SSLException {
        return handshake(Integer.MAX_VALUE);
    }

    /** Finishes the handshake, with bytes arriving in pieces of at most this size. */
    public EnginePair handshake(int pieceSize) throws SSLException {
        while (carry(client, server, pieceSize) | carry(server, client, pieceSize)) {}
        return this;
    }

    private static boolean carry(EngineEnd from, EngineEnd to, int pieceSize) throws SSLException {
        byte[] bytes = from.wrapAll(NO_DATA);
        for (int at = 0; at < bytes.length; at += Math.min(pieceSize, bytes.length - at)) {
            to.deliver(Arrays.copyOfRange(bytes, at, at + Math.min(pieceSize, bytes.length - at)));
            to.unwrapAll();
        }
        return bytes.length > 0 || takesMore(to);
    }

    /** One that had to wrap before it could unwrap the rest may do so now. */
    private static boolean takesMore(EngineEnd end) throws SSLException {
        int waiting = end.input();
        if (waiting > 0) end.unwrapAll();
        return end.input() < waiting;
    }

    /** Sends data from one end to the other. */
    public static void send(EngineEnd from, EngineEnd to, byte[] data) throws SSLException {
        to.deliver(from.wrapAll(data));
        to.unwrapAll();
    }
}
