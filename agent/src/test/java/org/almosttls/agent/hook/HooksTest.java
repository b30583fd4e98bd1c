package org.almosttls.agent.hook;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Optional;
import javax.net.ssl.SSLContext;
import net.bytebuddy.description.type.TypeDescription;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class HooksTest {

    @ParameterizedTest
    @EnumSource(Hooks.class)
    void aHookFitsTheClassThatItNamesInThisJava(Hooks hook) throws ClassNotFoundException {
        Class<?> type = Class.forName(hook.typeName());
        assertTrue(hook.open().fits(TypeDescription.ForLoadedType.of(type)));
    }

    @ParameterizedTest
    @EnumSource(Hooks.class)
    void aHookIsFoundByTheJvmsNameOfItsClass(Hooks hook) throws ClassNotFoundException {
        Class<?> type = Class.forName(hook.typeName());
        assertEquals(Optional.of(hook), Hooks.of(type.descriptorString().replaceAll("^L|;$", "")));
    }

    @Test
    void aClassNextDoorIsNotHooked() {
        assertEquals(Optional.empty(), Hooks.of("javax/net/ssl/SSLContextSpi"));
    }

    @Test
    void aClassOfAnotherShapeIsNotHooked() {
        TypeDescription type = TypeDescription.ForLoadedType.of(Reshaped.class);
        assertFalse(Hooks.SSL_CONTEXT.open().fits(type));
    }

    /** As {@code SSLContext} would be if one of its methods went. */
    private static final class Reshaped {

        @SuppressWarnings("unused")
        static SSLContext getInstance(String protocol) {
            throw new UnsupportedOperationException(protocol);
        }
    }
}
