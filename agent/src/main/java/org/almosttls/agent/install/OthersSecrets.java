package org.almosttls.agent.install;

import java.lang.instrument.Instrumentation;
import java.util.Map;
import java.util.Set;

/** What is needed to see the secrets of the platform's stack. */
final class OthersSecrets {

    private OthersSecrets() {}

    /** The random that a secret is named by stands in a field of the platform's; nobody else sees more than before. */
    static void open(Instrumentation instrumentation) {
        var ours = Set.of(OthersSecrets.class.getClassLoader().getUnnamedModule());
        instrumentation.redefineModule(
                Object.class.getModule(), Set.of(), Map.of(), Map.of("sun.security.ssl", ours), Set.of(), Map.of());
    }
}
