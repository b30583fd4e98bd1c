package org.almosttls.agent.hook;

import net.bytebuddy.asm.Advice;
import net.bytebuddy.implementation.bytecode.assign.Assigner.Typing;
import org.almosttls.agent.boot.AgentBridge;

/**
 * {@code SSLContext.getInstance}, all three. {@code SSLContext.getDefault} and the default socket factories ask it for
 * {@code Default}, so they need no hook. If the bridge answers, the platform's code does not run.
 */
final class SslContextHook {

    static final String TYPE = "javax.net.ssl.SSLContext";

    private SslContextHook() {}

    static Hook hook() {
        return new Lookups(TYPE, SslContextHook.class);
    }

    @Advice.OnMethodEnter(skipOn = Advice.OnNonDefaultValue.class)
    static Object enter(@Advice.AllArguments Object[] arguments) {
        return AgentBridge.sslContext(arguments);
    }

    @Advice.OnMethodExit
    static void exit(
            @Advice.Enter Object ours, @Advice.Return(readOnly = false, typing = Typing.DYNAMIC) Object answer) {
        if (ours != null) answer = ours;
    }
}
