package org.almosttls.agent.boot;

import java.lang.reflect.InvocationHandler;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;

/**
 * Who is at the other end of a wire where there is a security manager: what it does is not the application's doing, and
 * needs our permissions only.
 */
final class Privileged implements InvocationHandler {

    private final Object end;

    private Privileged(Object end) {
        this.end = end;
    }

    /** Itself, where there is no security manager. */
    @SuppressWarnings("removal")
    static <T> T of(Class<T> type, T end) {
        if (end == null || System.getSecurityManager() == null) return end;
        return type.cast(Proxy.newProxyInstance(null, new Class<?>[] {type}, new Privileged(end)));
    }

    @Override
    public Object invoke(Object proxy, Method method, Object[] arguments) throws Throwable {
        try {
            return AgentBridge.trusted(() -> method.invoke(end, arguments));
        } catch (InvocationTargetException e) {
            throw e.getCause();
        }
    }
}
