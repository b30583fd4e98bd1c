package org.almosttls.agent.install;

import java.lang.instrument.Instrumentation;
import java.util.Optional;
import java.util.function.Supplier;
import org.almosttls.agent.boot.ObserveBridge;
import org.almosttls.agent.boot.Observer;
import org.almosttls.agent.observe.Observation;
import org.almosttls.agent.options.AgentOptions;
import org.almosttls.agent.report.Told;

/** Makes the one who watches when the application's first engine or socket comes to be, and never earlier. */
final class WatchInstaller implements Supplier<Observer>, Stay.Step {

    private final AgentOptions options;
    private final Stay stay;
    private final Told told;
    private Optional<WatchedClasses> watched = Optional.empty();

    WatchInstaller(AgentOptions options, Stay stay, Told told) {
        this.options = options;
        this.stay = stay;
        this.told = told;
    }

    @Override
    public Observer get() {
        Instrumentation instrumentation = stay.instrumentation();
        var classes = new WatchedClasses(instrumentation, told);
        instrumentation.addTransformer(classes, true);
        watched = Optional.of(classes);
        stay.alsoWatches(classes);
        if (options.keyLog().isPresent()) OthersSecrets.open(instrumentation);
        return new Observation(stay.reports().get(), classes, stay.providers());
    }

    /** Nobody watches any more. */
    @Override
    public void take() {
        ObserveBridge.observe(null);
        watched.ifPresent(WatchedClasses::leave);
    }
}
