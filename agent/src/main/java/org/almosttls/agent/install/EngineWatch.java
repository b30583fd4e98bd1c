package org.almosttls.agent.install;

import java.io.IOException;
import java.util.Map;
import java.util.Optional;
import org.almosttls.agent.boot.AgentBridge;
import org.almosttls.agent.hook.EngineMakers;
import org.almosttls.agent.hook.WatchedHooks;
import org.almosttls.agent.report.Told;
import org.almosttls.agent.upgrade.EngineClasses;

/** Watches what engines are given, from the application's first one on. */
final class EngineWatch implements EngineClasses, Stay.Step {

    private final Stay stay;
    private final Told told;
    private Optional<WatchedClasses> watched = Optional.empty();

    EngineWatch(Stay stay, Told told) {
        this.stay = stay;
        this.told = told;
    }

    @Override
    public void turnsUp(Class<?> engine) {
        classes().watch(WatchedHooks.UNWRAP, engine);
    }

    private synchronized WatchedClasses classes() {
        if (watched.isEmpty()) {
            var classes = new WatchedClasses(stay.instrumentation(), told);
            stay.instrumentation().addTransformer(classes, true);
            stay.alsoWatches(classes);
            watched = Optional.of(classes);
        }
        return watched.get();
    }

    @Override
    public Map<String, Integer> makers(Class<?> type) throws IOException {
        try {
            return AgentBridge.trusted(() -> EngineMakers.in(type));
        } catch (IOException | RuntimeException e) {
            throw e;
        } catch (Exception e) {
            throw new IOException(e);
        }
    }

    @Override
    public void take() {
        Optional<WatchedClasses> known;
        synchronized (this) {
            known = watched;
        }
        known.ifPresent(WatchedClasses::leave);
    }
}
