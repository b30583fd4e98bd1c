package org.almosttls.agent.install;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.OutputStream;
import java.io.PrintStream;
import java.lang.instrument.Instrumentation;
import java.lang.instrument.UnmodifiableClassException;
import java.lang.reflect.Proxy;
import java.util.Map;
import org.almosttls.agent.hook.WatchedHooks;
import org.almosttls.agent.report.Told;
import org.junit.jupiter.api.Test;

class WatchedClassesTest {

    /** Something that an application may have. */
    private static final class Socket {}

    /** A JVM that lets no class be changed, and says so only when it is asked to. */
    private static WatchedClasses in(boolean promises) {
        var instrumentation = (Instrumentation) Proxy.newProxyInstance(
                WatchedClassesTest.class.getClassLoader(),
                new Class<?>[] {Instrumentation.class},
                (jvm, method, words) -> {
                    if (method.getName().equals("isModifiableClass")) return promises;
                    throw new UnmodifiableClassException("not this one");
                });
        return new WatchedClasses(instrumentation, new Told(new PrintStream(OutputStream.nullOutputStream())));
    }

    @Test
    void aClassThatCannotBeWatchedIsToldOfWithTheReason() {
        WatchedClasses classes = in(true);
        classes.watch(WatchedHooks.SOCKET, Socket.class);
        assertEquals(
                Map.of(
                        Socket.class.getName(),
                        "failed (java.lang.instrument.UnmodifiableClassException: not this one)"),
                classes.states());
    }

    @Test
    void soIsOneThatTheJvmDoesNotLetBeChanged() {
        WatchedClasses classes = in(false);
        classes.watch(WatchedHooks.SOCKET, Socket.class);
        assertEquals(Map.of(Socket.class.getName(), "failed (the JVM does not let it be changed)"), classes.states());
    }

    @Test
    void aClassThatIsWovenIsSet() throws Exception {
        WatchedClasses classes = in(false);
        classes.watch(WatchedHooks.STREAM, Stream.class);
        try (var in = WatchedClassesTest.class.getResourceAsStream("WatchedClassesTest$Stream.class")) {
            classes.transform(null, "", Stream.class, null, in.readAllBytes());
        }
        assertEquals(Map.of(Stream.class.getName(), "set"), classes.states());
    }

    /** One of the application's data. */
    private static final class Stream extends java.io.InputStream {
        @Override
        public int read() {
            return -1;
        }
    }
}
