package org.almosttls.agent.boot;

import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Function;

/**
 * The one class of ours that advice inside the platform's classes may touch: a wire from there to the agent's class
 * loader, which hangs a function at its other end.
 */
public final class AgentBridge {

    private static final AtomicBoolean CLAIMED = new AtomicBoolean();
    private static final AtomicLong FAILURES = new AtomicLong();

    private static volatile Function<Object[], Object> sslContexts;

    private AgentBridge() {}

    /** True for the first agent of this process that asks, false for any other: two would hook each other. */
    public static boolean claim() {
        return CLAIMED.compareAndSet(false, true);
    }

    /**
     * Answers {@code SSLContext.getInstance}.
     *
     * @param source from the arguments of the call to the {@code SSLContext} to answer with, or null for the platform's
     */
    public static void answerSslContexts(Function<Object[], Object> source) {
        sslContexts = source;
    }

    /** What advice on {@code SSLContext.getInstance} calls: an {@code SSLContext}, or null for the platform's code. */
    public static Object sslContext(Object[] arguments) {
        try {
            Function<Object[], Object> source = sslContexts;
            return source == null ? null : source.apply(arguments);
        } catch (Throwable e) {
            FAILURES.incrementAndGet();
            return null;
        }
    }

    /** Counts a failure of ours that the application never saw. */
    public static void countFailure() {
        FAILURES.incrementAndGet();
    }

    /** How many failures of ours the application never saw. */
    public static long failures() {
        return FAILURES.get();
    }
}
