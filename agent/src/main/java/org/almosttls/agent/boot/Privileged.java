package org.almosttls.agent.boot;

import java.lang.reflect.InvocationHandler;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.SocketAddress;

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

    /** As the platform asks; where the application may not, the platform tells it so, and nobody has asked the server. */
    @SuppressWarnings("removal")
    static boolean mayConnect(SocketAddress server) {
        SecurityManager manager = System.getSecurityManager();
        if (manager == null || !(server instanceof InetSocketAddress place)) return true;
        InetAddress address = place.getAddress();
        try {
            manager.checkConnect(address == null ? place.getHostString() : address.getHostAddress(), place.getPort());
            return true;
        } catch (SecurityException denied) {
            return false;
        }
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
