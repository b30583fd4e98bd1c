package org.almosttls.agent.hook;

import net.bytebuddy.ByteBuddy;
import net.bytebuddy.description.type.TypeDescription;
import net.bytebuddy.dynamic.ClassFileLocator;
import net.bytebuddy.dynamic.scaffold.MethodGraph;
import net.bytebuddy.dynamic.scaffold.TypeValidation;
import net.bytebuddy.pool.TypePool;

/**
 * Where Byte Buddy begins: the bytes of a hooked class in, the same class with the hook's advice out. It defines no
 * class here, so it keeps its hands off {@code sun.misc.Unsafe}, of which newer JVMs warn.
 */
final class Weaver {

    private Weaver() {}

    static byte[] weave(AdviceHook hook, String typeName, byte[] bytes) {
        ClassFileLocator locator = new ClassFileLocator.Compound(
                ClassFileLocator.Simple.of(typeName, bytes), ClassFileLocator.ForClassLoader.ofPlatformLoader());
        TypeDescription type = TypePool.Default.WithLazyResolution.of(locator)
                .describe(typeName)
                .resolve();
        if (!hook.fits(type)) throw new IllegalStateException("this version of it has another shape");
        // Only methods of its own are gone through: what else it names is its loader's, which is left in peace.
        ByteBuddy byteBuddy =
                new ByteBuddy().with(TypeValidation.DISABLED).with(MethodGraph.Compiler.ForDeclaredMethods.INSTANCE);
        return hook.weave(byteBuddy.decorate(type, locator)).make().getBytes();
    }
}
