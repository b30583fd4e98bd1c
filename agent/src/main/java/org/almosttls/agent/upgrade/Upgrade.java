package org.almosttls.agent.upgrade;

import java.security.Provider;
import java.util.function.Supplier;
import org.almosttls.agent.boot.ChannelBridge;
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
     */
    public static void begin(UpgradeOptions options, Supplier<Provider> ours, Told told) {
        var tls = new Tls(options, ours);
        var peers = new KnownPeers(tls, System::nanoTime);
        var report = new PlaintextReport(told);
        var rules = new Rules(options.ports(), options.hosts());
        UpgradeBridge.answer(new UpgradedSockets(rules, new Decider(options.mode(), tls, peers, report)));
        ChannelBridge.answer(new WatchedChannels(rules, options.mode(), report));
    }
}
