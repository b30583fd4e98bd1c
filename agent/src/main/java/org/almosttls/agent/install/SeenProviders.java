package org.almosttls.agent.install;

import java.security.Provider;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import org.almosttls.agent.boot.AgentBridge;

/** The application's providers of TLS, as they show when it asks for a context; nothing is loaded to know them. */
public final class SeenProviders implements Consumer<String> {

    private static final String SERVICE = "SSLContext";
    private static final String PROTOCOL = "TLS";

    private final Set<String> used = new LinkedHashSet<>();
    private Optional<Consumer<List<String>>> hears = Optional.empty();
    private int last;

    SeenProviders() {}

    /** @param hears of their names, whenever they are others than before */
    public synchronized void tell(Consumer<List<String>> hears) {
        this.hears = Optional.of(hears);
        if (!used.isEmpty()) heard(List.copyOf(used));
    }

    /**
     * A context is asked for.
     *
     * @param all that the application has; none of them is kept
     */
    synchronized void asked(Provider[] all) {
        int now = 1;
        for (Provider each : all) now = 31 * now + System.identityHashCode(each);
        if (now == last || hears.isEmpty()) return;
        last = now;
        List<String> names = new ArrayList<>();
        for (Provider each : all) if (each.getService(SERVICE, PROTOCOL) != null) names.add(each.getName());
        heard(names);
    }

    /** A context of this provider's was made. */
    @Override
    public synchronized void accept(String name) {
        if (used.add(name)) heard(List.copyOf(used));
    }

    /** What it takes to tell is not the application's doing. */
    private void heard(List<String> names) {
        if (hears.isEmpty()) return;
        try {
            AgentBridge.trusted(() -> {
                hears.get().accept(names);
                return names;
            });
        } catch (Exception untold) {
            AgentBridge.countFailure();
        }
    }
}
