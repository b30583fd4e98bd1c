package org.almosttls.agent.install;

import net.bytebuddy.ByteBuddy;
import net.bytebuddy.description.type.TypeDescription;
import net.bytebuddy.dynamic.ClassFileLocator;
import net.bytebuddy.dynamic.scaffold.TypeValidation;
import net.bytebuddy.pool.TypePool;
import org.almosttls.agent.hook.Hook;
import org.almosttls.agent.hook.Hooks;

/** Where Byte Buddy begins: the bytes of a hooked class in, the same class with the hook's advice out. */
final class Weaver {

    /** Byte Buddy then leaves {@code sun.misc.Unsafe} alone, of which newer JVMs warn. */
    private static final String SAFE = "net.bytebuddy.safe";

    private Weaver() {}

    static synchronized byte[] weave(Hooks hooks, byte[] bytes) {
        String before = System.getProperty(SAFE);
        System.setProperty(SAFE, "true");
        try {
            return redefine(hooks.open(), hooks.typeName(), bytes);
        } finally {
            if (before == null) System.clearProperty(SAFE);
            else System.setProperty(SAFE, before);
        }
    }

    private static byte[] redefine(Hook hook, String typeName, byte[] bytes) {
        ClassFileLocator locator = new ClassFileLocator.Compound(
                ClassFileLocator.Simple.of(typeName, bytes), ClassFileLocator.ForClassLoader.ofPlatformLoader());
        TypeDescription type = TypePool.Default.of(locator).describe(typeName).resolve();
        if (!hook.fits(type)) throw new IllegalStateException("this version of Java has it in another shape");
        return hook.weave(new ByteBuddy().with(TypeValidation.DISABLED).redefine(type, locator))
                .make()
                .getBytes();
    }
}
