package org.almosttls.agent.hook;

import net.bytebuddy.asm.Advice;
import net.bytebuddy.implementation.bytecode.assign.Assigner.Typing;
import org.almosttls.agent.boot.AgentBridge;

/** {@code TrustManagerFactory.getInstance}, all three. If the bridge answers, the platform's code does not run. */
final class TrustManagerFactoryHook {

    static final String TYPE = "javax.net.ssl.TrustManagerFactory";

    private TrustManagerFactoryHook() {}

    static Hook hook() {
        return new Lookups(TYPE, TrustManagerFactoryHook.class);
    }

    @Advice.OnMethodEnter(skipOn = Advice.OnNonDefaultValue.class)
    static Object enter(@Advice.AllArguments Object[] arguments) {
        return AgentBridge.trustManagerFactory(arguments);
    }

    @Advice.OnMethodExit
    static void exit(
            @Advice.Enter Object ours, @Advice.Return(readOnly = false, typing = Typing.DYNAMIC) Object answer) {
        if (ours != null) answer = ours;
    }
}
