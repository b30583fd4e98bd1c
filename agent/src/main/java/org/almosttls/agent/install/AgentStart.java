package org.almosttls.agent.install;

import java.lang.instrument.Instrumentation;
import java.util.EnumSet;
import java.util.Set;
import org.almosttls.agent.boot.AgentBridge;
import org.almosttls.agent.boot.ObserveBridge;
import org.almosttls.agent.hook.Hooks;
import org.almosttls.agent.options.AgentOptions;
import org.almosttls.agent.options.OptionRefused;
import org.almosttls.agent.options.UpgradeOptions;
import org.almosttls.agent.report.Told;
import org.almosttls.agent.upgrade.Upgrade;

/**
 * The agent's start: options read, hooks set, and nothing else. It must not touch {@code Security}, {@code SSLContext},
 * {@code SecureRandom} or {@code java.util.logging}: at this time that makes the JVM lose providers that
 * {@code java.security} names from the class path.
 */
public final class AgentStart {

    private AgentStart() {}

    /**
     * @param text the agent's options as the user wrote them, empty if none
     * @throws Exception if the JVM refuses the hooks
     */
    public static void start(String text, Instrumentation instrumentation) throws Exception {
        Told told = new Told(System.err);
        try {
            AgentOptions options = AgentOptions.of(text, System.getProperties(), System.getenv());
            if (options.help()) System.err.print(AgentOptions.helpText());
            else if (options.mode() == AgentOptions.Mode.INSTALL) install(options, instrumentation, told);
            else if (options.mode() == AgentOptions.Mode.OBSERVE) observe(options, instrumentation, told);
        } catch (OptionRefused e) {
            told.line(e.getMessage() + "; the application starts without AlmostTLS");
        }
    }

    private static boolean isFirst(Told told) {
        if (AgentBridge.claim()) return true;
        told.line("there is an AlmostTLS agent in this process already; this one does nothing");
        return false;
    }

    private static void observe(AgentOptions options, Instrumentation instrumentation, Told told) throws Exception {
        if (!isFirst(told)) return;
        var watching = new WatchInstaller(options, instrumentation, told);
        ObserveBridge.observe(watching);
        Set<Hooks> hooks = EnumSet.copyOf(Hooks.WATCHING);
        if (options.keyLog().isPresent()) hooks.addAll(Hooks.OF_SECRETS);
        new HookInstaller(hooks, told).installIn(instrumentation);
    }

    private static void install(AgentOptions options, Instrumentation instrumentation, Told told) throws Exception {
        if (!isFirst(told)) return;
        var ours = new ProviderInstaller(options, told);
        AgentBridge.answerSslContexts(new SslContexts(ours, options.rules(), told));
        AgentBridge.answerEngines(new OurEngines());
        Set<Hooks> hooks = EnumSet.complementOf(EnumSet.copyOf(Hooks.WATCHING));
        hooks.removeAll(Hooks.OF_SECRETS);
        if (options.reloadsStores()) {
            AgentBridge.answerFactories(
                    new Factories("KeyManagerFactory", ours, told), new Factories("TrustManagerFactory", ours, told));
        } else {
            hooks.removeAll(EnumSet.of(Hooks.KEY_MANAGER_FACTORY, Hooks.TRUST_MANAGER_FACTORY));
        }
        if (options.upgrade().mode() == UpgradeOptions.Mode.OFF) hooks.removeAll(Hooks.ofPlaintext());
        else Upgrade.begin(options.upgrade(), ours, told);
        new HookInstaller(hooks, told).installIn(instrumentation);
    }
}
