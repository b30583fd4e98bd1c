package org.almosttls.agent.boot;

import java.nio.channels.SocketChannel;

/** What advice in engines, and where selectors get channels, calls so that an application's own TLS is seen: a wire like {@link ChannelBridge}. */
public final class EngineBridge {

    private static final String FAILED = "cannot look at an engine";

    private static volatile Engines engines;

    private EngineBridge() {}

    /** What is at the other end of the wire, in the agent's loader. */
    public interface Engines {

        /**
         * One came to be; its own constructors may not be through.
         *
         * @param host of its peer, null if it is not told
         */
        void made(Object engine, String host, int port);

        /** One is given octets of the network: a buffer, or an array of them. */
        void unwraps(Object engine, Object network);

        /** A selector has got this channel. */
        void registered(SocketChannel channel);
    }

    /** Who answers from now on. */
    public static void answer(Engines source) {
        engines = Privileged.of(Engines.class, source);
    }

    /** What advice on the constructors of {@code SSLEngine} calls. */
    public static void made(Object engine, String host, int port) {
        Engines known = engines;
        if (known == null) return;
        try {
            known.made(engine, host, port);
        } catch (Throwable e) {
            AgentBridge.failed(FAILED, e);
        }
    }

    /** What advice on {@code unwrap} calls. */
    public static void unwraps(Object engine, Object network) {
        Engines known = engines;
        if (known == null) return;
        try {
            known.unwraps(engine, network);
        } catch (Throwable e) {
            AgentBridge.failed(FAILED, e);
        }
    }

    /** What advice on {@code register} calls. */
    public static void registered(Object channel) {
        Engines known = engines;
        if (known == null || !(channel instanceof SocketChannel)) return;
        try {
            known.registered((SocketChannel) channel);
        } catch (Throwable e) {
            AgentBridge.failed(FAILED, e);
        }
    }
}
