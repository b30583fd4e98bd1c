package org.almosttls.agent.hook;

import net.bytebuddy.asm.Advice;
import net.bytebuddy.implementation.bytecode.assign.Assigner.Typing;
import org.almosttls.agent.boot.AgentBridge;

/** {@code KeyManagerFactory.getInstance}, all three. If the bridge answers, the platform's code does not run. */
final class KeyManagerFactoryHook {

    static final String TYPE = "javax.net.ssl.KeyManagerFactory";

    private KeyManagerFactoryHook() {}

    static Hook hook() {
        return new Lookups(TYPE, KeyManagerFactoryHook.class);
    }

    @Advice.OnMethodEnter(skipOn = Advice.OnNonDefaultValue.class)
    static Object enter(@Advice.AllArguments Object[] arguments) {
        return AgentBridge.keyManagerFactory(arguments);
    }

    @Advice.OnMethodExit
    static void exit(
            @Advice.Enter Object ours, @Advice.Return(readOnly = false, typing = Typing.DYNAMIC) Object answer) {
        if (ours != null) answer = ours;
    }
}
