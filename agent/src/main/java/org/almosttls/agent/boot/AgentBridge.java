package org.almosttls.agent.boot;

import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Function;
import java.util.function.Predicate;

/**
 * The one class of ours that advice inside other classes may touch: a wire from there to the agent's class
 * loader, which hangs a function at its other end.
 */
public final class AgentBridge {

    private static final AtomicBoolean CLAIMED = new AtomicBoolean();
    private static final AtomicLong FAILURES = new AtomicLong();

    private static volatile Function<Object[], Object> sslContexts;
    private static volatile Predicate<Object> engines;

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

    /** Answers whether an {@code SSLEngine} is one of ours. */
    public static void answerEngines(Predicate<Object> ours) {
        engines = ours;
    }

    /** What advice calls where software wants an engine of the platform's. */
    public static boolean isOurs(Object engine) {
        try {
            Predicate<Object> ours = engines;
            return ours != null && ours.test(engine);
        } catch (Throwable e) {
            FAILURES.incrementAndGet();
            return false;
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
