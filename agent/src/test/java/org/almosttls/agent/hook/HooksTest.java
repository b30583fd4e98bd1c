package org.almosttls.agent.hook;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.io.IOException;
import java.io.InputStream;
import java.util.EnumSet;
import java.util.Optional;
import java.util.Set;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLSocket;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

class HooksTest {

    @ParameterizedTest
    @EnumSource(Hooks.class)
    void aHookFitsTheClassThatItNames(Hooks hook) throws Exception {
        byte[] bytes = bytesOf(Class.forName(hook.typeName()));
        assertNotEquals(bytes.length, hook.open().weave(hook.typeName(), bytes).length);
    }

    @Test
    void theHookOfChannelsFitsThePlatformsAndNoOther() throws Exception {
        Hook hook = WatchedHooks.CHANNEL.open();
        byte[] bytes = bytesOf(Class.forName(WatchedHooks.CHANNELS));
        assertNotEquals(bytes.length, hook.weave(WatchedHooks.CHANNELS, bytes).length);
        byte[] others = bytesOf(Reshaped.class);
        assertThrows(IllegalStateException.class, () -> hook.weave(Reshaped.class.getName(), others));
    }

    /** What is hooked of them is public, as of anybody's; that the platform's have it by themselves is another matter. */
    @ParameterizedTest
    @CsvSource({
        "ENGINE, sun.security.ssl.SSLEngineImpl",
        "SOCKET, sun.security.ssl.SSLSocketImpl",
        "STREAM, sun.security.ssl.SSLSocketImpl$AppInputStream",
        "STREAM, sun.security.ssl.SSLSocketImpl$AppOutputStream",
        "UNWRAP, sun.security.ssl.SSLEngineImpl"
    })
    void thePlatformsTlsHasWhatIsWatched(WatchedHooks hook, String type) throws Exception {
        byte[] bytes = bytesOf(Class.forName(type));
        assertNotEquals(bytes.length, hook.open().weave(type, bytes).length);
    }

    private static byte[] bytesOf(Class<?> type) throws IOException {
        String file = type.getName().substring(type.getName().lastIndexOf('.') + 1) + ".class";
        try (InputStream in = type.getResourceAsStream(file)) {
            return in.readAllBytes();
        }
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
    void aClassOfAnotherShapeIsNotHooked(Hooks hook) throws IOException {
        byte[] bytes = bytesOf(Reshaped.class);
        assertThrows(IllegalStateException.class, () -> hook.open().weave(Reshaped.class.getName(), bytes));
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
