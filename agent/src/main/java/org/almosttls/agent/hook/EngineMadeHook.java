package org.almosttls.agent.hook;

import net.bytebuddy.asm.Advice;
import org.almosttls.agent.boot.EngineBridge;

/** The constructors of {@code SSLEngine}, with the peer that they are told. */
final class EngineMadeHook {

    private EngineMadeHook() {}

    static Hook hook() {
        return Constructors.allOf(EngineMadeHook.class, String.class, int.class);
    }

    @Advice.OnMethodExit
    static void exit(
            @Advice.This Object engine,
            @Advice.Argument(value = 0, optional = true) String host,
            @Advice.Argument(value = 1, optional = true) int port) {
        EngineBridge.made(engine, host, port);
    }
}
