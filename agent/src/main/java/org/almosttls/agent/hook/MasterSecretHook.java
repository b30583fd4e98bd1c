package org.almosttls.agent.hook;

import static net.bytebuddy.matcher.ElementMatchers.named;
import static net.bytebuddy.matcher.ElementMatchers.takesArgument;
import static net.bytebuddy.matcher.ElementMatchers.takesArguments;

import net.bytebuddy.asm.Advice;
import net.bytebuddy.implementation.bytecode.assign.Assigner.Typing;
import org.almosttls.agent.boot.ObserveBridge;

/** Where the platform makes the keys of TLS before 1.3 of a master secret, in whole handshakes and resumed ones. */
final class MasterSecretHook {

    static final String TYPE = "sun.security.ssl.SSLTrafficKeyDerivation$LegacyTrafficKeyDerivation";

    private MasterSecretHook() {}

    static Hook hook() {
        return Constructors.one(
                MasterSecretHook.class,
                takesArguments(2)
                        .and(takesArgument(0, named("sun.security.ssl.HandshakeContext")))
                        .and(takesArgument(1, named("javax.crypto.SecretKey"))));
    }

    @Advice.OnMethodExit
    static void exit(
            @Advice.Argument(value = 0, typing = Typing.DYNAMIC) Object handshake,
            @Advice.Argument(value = 1, typing = Typing.DYNAMIC) Object secret) {
        ObserveBridge.masterSecret(handshake, secret);
    }
}
