package org.almosttls.agent.hook;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.EnumSet;
import java.util.Optional;
import java.util.Set;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLSocket;
import net.bytebuddy.description.type.TypeDescription;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class HooksTest {

    @ParameterizedTest
    @EnumSource(Hooks.class)
    void aHookFitsTheClassThatItNames(Hooks hook) throws ClassNotFoundException {
        Class<?> type = Class.forName(hook.typeName());
        assertTrue(hook.open().fits(TypeDescription.ForLoadedType.of(type)));
    }

    @ParameterizedTest
    @EnumSource(Hooks.class)
    void aHookIsFoundByTheJvmsNameOfItsClass(Hooks hook) throws ClassNotFoundException {
        Class<?> type = Class.forName(hook.typeName());
        assertEquals(Optional.of(hook), Hooks.of(Set.of(hook), type.getClassLoader(), internalName(type)));
    }

    @Test
    void aClassNextDoorIsNotHooked() {
        assertEquals(Optional.empty(), Hooks.of(EnumSet.allOf(Hooks.class), null, "javax/net/ssl/SSLContextSpi"));
    }

    @ParameterizedTest
    @EnumSource(Hooks.class)
    void aClassOfThatNameInSomebodyElsesLoaderIsNotHooked(Hooks hook) throws ClassNotFoundException {
        Class<?> type = Class.forName(hook.typeName());
        ClassLoader other = type.getClassLoader() == null ? getClass().getClassLoader() : null;
        assertEquals(Optional.empty(), Hooks.of(EnumSet.allOf(Hooks.class), other, internalName(type)));
    }

    @ParameterizedTest
    @EnumSource(Hooks.class)
    void aClassOfAnotherShapeIsNotHooked(Hooks hook) {
        TypeDescription type = TypeDescription.ForLoadedType.of(Reshaped.class);
        assertFalse(hook.open().fits(type));
    }

    private static String internalName(Class<?> type) {
        return type.descriptorString().replaceAll("^L|;$", "");
    }

    /** As {@code SSLContext} would be if one of its methods went, and Jetty's classes if their question were another. */
    private static final class Reshaped {

        @SuppressWarnings("unused")
        static SSLContext getInstance(String protocol) {
            throw new UnsupportedOperationException(protocol);
        }

        @SuppressWarnings("unused")
        boolean appliesTo(SSLSocket socket) {
            throw new UnsupportedOperationException();
        }
    }
}
