package org.almosttls.agent.hook;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.io.IOException;
import java.io.InputStream;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.security.Provider;
import java.security.Security;
import org.almosttls.agent.boot.AgentBridge;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** What a class does once it asks the bridge. */
class LookupsTest {

    private final Class<?> woven = new Weaving().define();
    private Object[] asked;

    /** As {@code SSLContext} is, by its shape. */
    public static final class Found {

        public final String how;

        private Found(String how) {
            this.how = how;
        }

        public static Found getInstance(String name) {
            return new Found(name);
        }

        public static Found getInstance(String name, String provider) {
            return new Found(name + " of " + provider);
        }

        public static Found getInstance(String name, Provider provider) {
            // A branch, and so frames of its own behind ours.
            if (provider == null) throw new IllegalArgumentException(name);
            return new Found(name + " by " + provider.getName());
        }

        public static Found getInstance(Object other) {
            return new Found("something else");
        }
    }

    private static final class Weaving extends ClassLoader {

        Weaving() {
            super(LookupsTest.class.getClassLoader());
        }

        Class<?> define() {
            String name = Found.class.getName();
            try (InputStream in = Found.class.getResourceAsStream("LookupsTest$Found.class")) {
                byte[] bytes = new Lookups("sslContext").weave(name, in.readAllBytes());
                return defineClass(name, bytes, 0, bytes.length);
            } catch (IOException e) {
                throw new IllegalStateException(e);
            }
        }
    }

    private Object call(Class<?> type, Object... arguments) throws Exception {
        for (Method method : woven.getMethods()) {
            Class<?>[] types = method.getParameterTypes();
            boolean last = types.length == arguments.length && types.length > 0 && types[types.length - 1] == type;
            if (method.getName().equals("getInstance") && last) return method.invoke(null, arguments);
        }
        throw new IllegalStateException("no such method");
    }

    private String how(Class<?> type, Object... arguments) throws Exception {
        Object found = call(type, arguments);
        return (String) woven.getField("how").get(found);
    }

    private Object remember(Object[] arguments, Object answer) {
        asked = arguments;
        return answer;
    }

    @AfterEach
    void nobodyAnswers() {
        AgentBridge.answerSslContexts(null);
    }

    @Test
    void withoutAnAnswerTheClassGoesOn() throws Exception {
        AgentBridge.answerSslContexts(arguments -> remember(arguments, null));
        assertEquals("TLS", how(String.class, "TLS"));
        assertArrayEquals(new Object[] {"TLS"}, asked);
        assertEquals("TLS of X", how(String.class, "TLS", "X"));
        assertArrayEquals(new Object[] {"TLS", "X"}, asked);
        Provider provider = Security.getProviders()[0];
        assertEquals("TLS by " + provider.getName(), how(Provider.class, "TLS", provider));
        assertArrayEquals(new Object[] {"TLS", provider}, asked);
    }

    @Test
    void anAnswerIsGivenInstead() throws Exception {
        Object ours = call(String.class, "ours");
        AgentBridge.answerSslContexts(arguments -> ours);
        assertSame(ours, call(String.class, "TLS"));
        assertSame(ours, call(String.class, "TLS", "X"));
        assertSame(ours, call(Provider.class, "TLS", null));
    }

    @Test
    void whatTheClassThrowsIsThrown() {
        var thrown = assertThrows(InvocationTargetException.class, () -> call(Provider.class, "TLS", null));
        assertEquals("TLS", thrown.getCause().getMessage());
    }

    @Test
    void otherMethodsOfThatNameAskNobody() throws Exception {
        AgentBridge.answerSslContexts(arguments -> remember(arguments, null));
        assertEquals("something else", how(Object.class, "TLS"));
        assertEquals(null, asked);
    }
}
