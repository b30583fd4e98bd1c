package org.almosttls.agent.install;

import java.lang.instrument.Instrumentation;
import java.util.EnumSet;
import java.util.Set;
import org.almosttls.agent.boot.AgentBridge;
import org.almosttls.agent.boot.ObserveBridge;
import org.almosttls.agent.hook.Hooks;
import org.almosttls.agent.options.AgentOptions;
import org.almosttls.agent.options.UpgradeOptions;
import org.almosttls.agent.report.SessionReports;
import org.almosttls.agent.report.Told;
import org.almosttls.agent.upgrade.Upgrade;

/**
 * The agent's start: hooks set, and nothing else. It must not touch {@code Security}, {@code SSLContext},
 * {@code SecureRandom} or {@code java.util.logging}: at this time that makes the JVM lose providers that
 * {@code java.security} names from the class path.
 */
public final class AgentStart {

    private AgentStart() {}

    /**
     * Whoever calls has claimed this JVM.
     *
     * @throws Exception if the JVM refuses the hooks; then nothing is left
     */
    public static Stay start(AgentOptions options, Instrumentation instrumentation, Told told) throws Exception {
        Set<Hooks> hooks = EnumSet.noneOf(Hooks.class);
        var stay = new Stay(new HookInstaller(hooks, told), instrumentation, new SessionReports(options, told));
        AgentBridge.tellFailures(new SwallowedFailures(told));
        try {
            if (options.mode() == AgentOptions.Mode.OBSERVE) observe(options, hooks, stay, told);
            else install(options, hooks, stay, told);
            stay.begin();
            return stay;
        } catch (Exception | LinkageError e) {
            stay.end();
            throw e;
        }
    }

    /** @param hooks wanted, to be filled here */
    private static void observe(AgentOptions options, Set<Hooks> hooks, Stay stay, Told told) {
        var watching = new WatchInstaller(options, stay, told);
        ObserveBridge.observe(watching);
        stay.whenItEnds(watching);
        hooks.addAll(Hooks.WATCHING);
        if (options.keyLog().isPresent()) hooks.addAll(Hooks.OF_SECRETS);
    }

    private static void install(AgentOptions options, Set<Hooks> hooks, Stay stay, Told told) {
        var ours = new ProviderInstaller(options, stay.reports(), told);
        AgentBridge.answerSslContexts(new SslContexts(ours, options.rules(), stay.providers(), told));
        AgentBridge.answerEngines(new OurEngines());
        hooks.addAll(EnumSet.complementOf(EnumSet.copyOf(Hooks.WATCHING)));
        hooks.removeAll(Hooks.OF_SECRETS);
        if (options.reloadsStores()) {
            AgentBridge.answerFactories(
                    new Factories("KeyManagerFactory", ours, told), new Factories("TrustManagerFactory", ours, told));
        } else {
            hooks.removeAll(EnumSet.of(Hooks.KEY_MANAGER_FACTORY, Hooks.TRUST_MANAGER_FACTORY));
        }
        if (!options.upgrade().changesServers()) hooks.removeAll(Hooks.ofOwnTls());
        if (options.upgrade().mode() == UpgradeOptions.Mode.OFF) hooks.removeAll(Hooks.ofPlaintext());
        else upgrade(options.upgrade(), ours, stay, told);
    }

    private static void upgrade(UpgradeOptions options, ProviderInstaller ours, Stay stay, Told told) {
        var engines = new EngineWatch(stay, told);
        stay.whenItEnds(engines);
        stay.whenItEnds(Upgrade.begin(options, ours, told, stay.instrumentation(), engines)::run);
    }
}
