package org.almosttls.agent.hook;

import net.bytebuddy.asm.Advice;
import org.almosttls.agent.boot.ObserveBridge;

/** The constructors of {@code SSLEngine} and {@code SSLSocket}: whatever TLS a provider does comes by one of them. */
final class WatchedEngineMadeHook {

    static final String ENGINE = "javax.net.ssl.SSLEngine";
    static final String SOCKET = "javax.net.ssl.SSLSocket";

    private WatchedEngineMadeHook() {}

    static Hook hook() {
        return Constructors.allOf(WatchedEngineMadeHook.class, String.class, int.class);
    }

    @Advice.OnMethodExit
    static void exit(@Advice.This Object made) {
        ObserveBridge.made(made);
    }
}
