package org.almosttls.agent.upgrade;

import java.lang.StackWalker.Option;
import javax.net.ssl.SSLSocket;

/** Who asks for a socket's streams: the application, or the TLS that it has over that socket. */
final class Callers {

    private static final StackWalker STACK = StackWalker.getInstance(Option.RETAIN_CLASS_REFERENCE);

    private Callers() {}

    static boolean areTls() {
        return STACK.walk(frames -> frames.map(StackWalker.StackFrame::getDeclaringClass)
                .anyMatch(type ->
                        SSLSocket.class.isAssignableFrom(type) || type.getName().startsWith("sun.security.ssl.")));
    }
}
