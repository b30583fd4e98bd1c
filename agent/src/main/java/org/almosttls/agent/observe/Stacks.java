package org.almosttls.agent.observe;

import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Consumer;

/** Whose engines and sockets there are: by the package of the contexts that providers have given out. */
final class Stacks {

    private static final int MOST = 100;

    private final Consumer<String> gives;
    private final Map<String, String> providers = new ConcurrentHashMap<>();

    /** @param gives hears of each provider's name that is not known yet */
    Stacks(Consumer<String> gives) {
        this.gives = gives;
    }

    void add(Class<?> innards, String provider) {
        if (providers.size() < MOST && providers.putIfAbsent(innards.getPackageName(), provider) == null)
            gives.accept(provider);
    }

    /** The provider's name; of a stack that is no provider's the name of its package. */
    String of(Class<?> engineOrSocket) {
        String home = engineOrSocket.getPackageName();
        return providers.getOrDefault(home, home);
    }
}
