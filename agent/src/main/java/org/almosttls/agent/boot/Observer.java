package org.almosttls.agent.boot;

import java.nio.ByteBuffer;

/** What {@link ObserveBridge} has at its other end: who watches the TLS of others. */
public interface Observer {

    /** An engine or a socket came to be; its own constructors may not be through. */
    void made(Object engineOrSocket);

    /** The name of the provider whose contexts have innards of this class. */
    void provider(Class<?> innards, String name);

    /**
     * {@code wrap} or {@code unwrap} begins.
     *
     * @param network the buffer, or the buffers, on the side of the network
     * @return what its end is to be told with, in the same thread; null if nobody wants to hear of that
     */
    Object engineEnters(Object engine, boolean sends, Object network, int offset, int length);

    /**
     * It is over.
     *
     * @param entered what its beginning has returned
     * @param result the {@code SSLEngineResult}, null if it threw
     */
    void engineLeaves(Object entered, boolean sends, Object network, Object result, Throwable thrown);

    /**
     * A call on a socket, or on an engine that moves no data, or on a stream of a socket's begins.
     *
     * @return as {@link #engineEnters}
     */
    Object enters(Object engineOrSocketOrStream);

    /**
     * It is over.
     *
     * @param entered what its beginning has returned
     * @param octets of application data that it moved, -1 at the end of the stream
     */
    void leaves(Object entered, Call call, int octets, Throwable thrown);

    /** A socket has given out a stream of its application data. */
    void stream(Object socket, Object stream);

    /** Octets came from the network, or -1. */
    void received(Object transport, byte[] octets, int offset, int length);

    /** Octets went to the network. */
    void sent(Object transport, byte[] octets, int offset, int length);

    /** A ClientHello has come from the network by a channel; it begins at this index of the buffer. */
    void helloRead(Object channel, ByteBuffer buffer, int from);

    /** One has gone to the network by a channel. */
    void helloWritten(Object channel, ByteBuffer buffer, int from);

    /** A channel is about to close. */
    void closes(Object channel);

    /** What derives the secrets of a handshake of the platform's came to be. */
    void derives(Object derivation, Object handshake);

    /** It has derived one, of which {@code name} is the platform's word. */
    void derived(Object derivation, String name, Object secret);

    /** The platform's keys of a session before TLS 1.3 came of this. */
    void masterSecret(Object handshake, Object secret);

    /** A handshake of Bouncy Castle's has secrets of a phase, or of TLS before 1.3. */
    void secrets(Object bouncyCastleContext);

    /** Which call it was. */
    enum Call {
        HANDSHAKE,
        READ,
        WRITE,
        /** One direction of a socket, or of an engine, is done with. */
        SHUT_DOWN,
        /** The application has no more to say by an engine. */
        CLOSE_OUTBOUND,
        CLOSE,
        OTHER
    }
}
