package org.almosttls.agent.hook;

import static net.bytebuddy.matcher.ElementMatchers.named;
import static net.bytebuddy.matcher.ElementMatchers.takesArgument;

import java.security.Provider;
import net.bytebuddy.asm.Advice;
import org.almosttls.agent.boot.ObserveBridge;

/** The constructor of {@code SSLContext}, which knows by the name of its provider whose engines there will be. */
final class WatchedContextHook {

    static final String TYPE = Lookups.CONTEXTS;

    private WatchedContextHook() {}

    static Hook hook() {
        return Constructors.one(
                WatchedContextHook.class,
                takesArgument(0, named("javax.net.ssl.SSLContextSpi")).and(takesArgument(1, Provider.class)));
    }

    @Advice.OnMethodExit
    static void exit(@Advice.Argument(0) Object innards, @Advice.Argument(1) Object provider) {
        ObserveBridge.provider(innards, provider);
    }
}
