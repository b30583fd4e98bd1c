package org.almosttls.agent.install;

import java.lang.instrument.Instrumentation;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.CopyOnWriteArrayList;
import org.almosttls.agent.boot.AgentBridge;
import org.almosttls.agent.hook.Hooks;
import org.almosttls.agent.report.SessionReports;

/** What the agent has put into this JVM, to be looked at and to be taken out again. */
public final class Stay {

    /** One step of leaving. Not to be made of a lambda: before {@code main} the first one costs milliseconds. */
    @FunctionalInterface
    interface Step {
        void take() throws Exception;
    }

    private final HookInstaller hooks;
    private final Instrumentation instrumentation;
    private final SessionReports reports;
    private final SeenProviders providers = new SeenProviders();
    private final List<WatchedClasses> watched = new CopyOnWriteArrayList<>();
    private final Deque<Step> leaving = new ArrayDeque<>();
    private Optional<HookInstaller> secrets = Optional.empty();

    Stay(HookInstaller hooks, Instrumentation instrumentation, SessionReports reports) {
        this.hooks = hooks;
        this.instrumentation = instrumentation;
        this.reports = reports;
    }

    void begin() throws Exception {
        hooks.installIn(instrumentation);
    }

    /**
     * The secrets of other stacks are to be seen from now on, if they were not before.
     *
     * @throws Exception if the JVM refuses the hooks
     */
    public void watchSecrets() throws Exception {
        if (hooks.areSet(Hooks.OF_SECRETS) || secrets.isPresent()) return;
        OthersSecrets.open(instrumentation);
        HookInstaller more = hooks.like(Hooks.OF_SECRETS);
        secrets = Optional.of(more);
        more.installIn(instrumentation);
    }

    /** Hooks of classes that turn up. */
    void alsoWatches(WatchedClasses classes) {
        watched.add(classes);
    }

    /** What else is to be done when the agent leaves, such as clearing a bridge; what was said last is done first. */
    void whenItEnds(Step step) {
        leaving.push(step);
    }

    Instrumentation instrumentation() {
        return instrumentation;
    }

    public SessionReports reports() {
        return reports;
    }

    /** Those that the application has, as far as they were seen. */
    public SeenProviders providers() {
        return providers;
    }

    /** The name of each hooked class, and what has become of the hook. */
    public Map<String, String> hooks() {
        Map<String, String> named = new TreeMap<>();
        add(hooks, named);
        if (secrets.isPresent()) add(secrets.get(), named);
        for (WatchedClasses classes : watched) named.putAll(classes.states());
        return named;
    }

    private static void add(HookInstaller installer, Map<String, String> named) {
        for (Map.Entry<Hooks, String> hook : installer.states().entrySet())
            named.put(hook.getKey().typeName(), hook.getValue());
    }

    /**
     * Takes all out again. The hooks stay until nothing needs them: a channel that is TLS must not go on in plaintext. The
     * log goes last. Whatever step fails, the others are done.
     *
     * @throws Exception what failed first, when all others are done
     */
    public void end() throws Exception {
        AgentBridge.clear();
        leaving.addLast(() -> hooks.removeFrom(instrumentation));
        if (secrets.isPresent()) leaving.addLast(() -> secrets.get().removeFrom(instrumentation));
        leaving.addLast(reports::close);
        Exception failed = null;
        while (!leaving.isEmpty()) {
            try {
                leaving.pop().take();
            } catch (Exception e) {
                AgentBridge.countFailure();
                if (failed == null) failed = e;
            }
        }
        AgentBridge.release();
        if (failed != null) throw failed;
    }
}
