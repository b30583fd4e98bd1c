package org.almosttls.agent.install;

import java.lang.instrument.Instrumentation;
import java.util.Map;
import java.util.Set;
import java.util.function.Supplier;
import org.almosttls.agent.boot.Observer;
import org.almosttls.agent.observe.Observation;
import org.almosttls.agent.options.AgentOptions;
import org.almosttls.agent.report.SessionReports;
import org.almosttls.agent.report.Told;

/** Makes the one who watches when the application's first engine or socket comes to be, and never earlier. */
final class WatchInstaller implements Supplier<Observer> {

    private final AgentOptions options;
    private final Instrumentation instrumentation;
    private final Told told;

    WatchInstaller(AgentOptions options, Instrumentation instrumentation, Told told) {
        this.options = options;
        this.instrumentation = instrumentation;
        this.told = told;
    }

    @Override
    public Observer get() {
        var classes = new WatchedClasses(instrumentation, told);
        instrumentation.addTransformer(classes, true);
        if (options.keyLog().isPresent()) openPlatform();
        return new Observation(new SessionReports(options, told).get(), classes);
    }

    /** The random that a secret is named by stands in a field of the platform's; nobody else sees more than before. */
    private void openPlatform() {
        var ours = Set.of(getClass().getClassLoader().getUnnamedModule());
        instrumentation.redefineModule(
                Object.class.getModule(), Set.of(), Map.of(), Map.of("sun.security.ssl", ours), Set.of(), Map.of());
    }
}
