package org.almosttls.agent.upgrade;

import java.lang.instrument.Instrumentation;
import java.security.Provider;
import java.util.Map;
import java.util.Set;
import java.util.function.Supplier;
import org.almosttls.agent.boot.ChannelBridge;
import org.almosttls.agent.boot.EngineBridge;
import org.almosttls.agent.boot.UpgradeBridge;
import org.almosttls.agent.options.UpgradeOptions;
import org.almosttls.agent.report.Told;

/** Begins to look after connections in plaintext. */
public final class Upgrade {

    private Upgrade() {}

    /**
     * Once the hooks are set.
     *
     * @param ours asked at the first connection that is to become TLS, not before
     * @return what to do when the hooks go
     */
    public static Runnable begin(
            UpgradeOptions options,
            Supplier<Provider> ours,
            Told told,
            Instrumentation instrumentation,
            EngineClasses engines) {
        openSelectors(instrumentation);
        var tls = new Tls(options, ours);
        var peers = new KnownPeers(tls, System::nanoTime);
        var report = new PlaintextReport(told);
        var rules = new Rules(options.ports(), options.hosts());
        UpgradeBridge.answer(new UpgradedSockets(rules, new Decider(options.mode(), tls, peers, report)));
        var readiness = Readiness.open();
        var own = new OwnTls(new OwnPorts(report), new EngineReaders(engines));
        var known = new ChannelDecider.Known(peers, own);
        var channels = new ChannelDecider(options.mode(), tls, known, report, readiness.isKnown());
        var upgraded = new UpgradedChannels(rules, channels, readiness);
        ChannelBridge.answer(upgraded);
        EngineBridge.answer(new SeenEngines(upgraded, own, engines));
        return () -> end(upgraded);
    }

    /** Channels that are TLS by now would be read and written as they are: they are closed. Sockets keep our streams. */
    private static void end(UpgradedChannels upgraded) {
        UpgradeBridge.answer(null);
        EngineBridge.answer(null);
        upgraded.close();
        ChannelBridge.answer(null);
    }

    /** To this loader, and to nobody else: they have no public way to say that something can be read. */
    private static void openSelectors(Instrumentation instrumentation) {
        Set<Module> us = Set.of(Upgrade.class.getModule());
        instrumentation.redefineModule(
                Object.class.getModule(), Set.of(), Map.of(), Map.of("sun.nio.ch", us), Set.of(), Map.of());
    }
}
