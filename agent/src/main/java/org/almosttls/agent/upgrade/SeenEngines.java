package org.almosttls.agent.upgrade;

import java.nio.ByteBuffer;
import java.nio.channels.SocketChannel;
import javax.net.ssl.SSLEngine;
import org.almosttls.agent.boot.EngineBridge;

/** Answers the advice in engines. */
final class SeenEngines implements EngineBridge.Engines {

    private final UpgradedChannels channels;
    private final OwnTls own;
    private final EngineClasses classes;

    SeenEngines(UpgradedChannels channels, OwnTls own, EngineClasses classes) {
        this.channels = channels;
        this.own = own;
        this.classes = classes;
    }

    @Override
    public void made(Object engine, String host, int port) {
        // One of ours, for what is upgraded.
        if (Aside.isBusy()) return;
        own.engines().made((SSLEngine) engine, host, port);
        classes.turnsUp(engine.getClass());
    }

    @Override
    public void unwraps(Object engine, Object network) {
        if (network instanceof ByteBuffer buffer) own.unwraps((SSLEngine) engine, buffer);
        else if (network instanceof ByteBuffer[] several) unwraps((SSLEngine) engine, several);
    }

    /** Of the first that has anything. */
    private void unwraps(SSLEngine engine, ByteBuffer[] several) {
        for (ByteBuffer each : several) {
            if (each == null || !each.hasRemaining()) continue;
            own.unwraps(engine, each);
            return;
        }
    }

    @Override
    public void registered(SocketChannel channel) {
        if (!Aside.isBusy()) channels.takenUp(channel);
    }
}
