package org.almosttls.agent.boot;

import java.security.AccessController;
import java.security.PrivilegedActionException;
import java.security.PrivilegedExceptionAction;
import java.util.concurrent.Callable;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.BiConsumer;
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
    private static volatile Function<Object[], Object> keyManagerFactories;
    private static volatile Function<Object[], Object> trustManagerFactories;
    private static volatile BiConsumer<String, Throwable> failures;

    private AgentBridge() {}

    /** True for the first agent of this process that asks, false for any other: two would hook each other. */
    public static boolean claim() {
        return CLAIMED.compareAndSet(false, true);
    }

    /** The agent leaves: nothing is answered any more. */
    public static void clear() {
        sslContexts = null;
        engines = null;
        keyManagerFactories = null;
        trustManagerFactories = null;
        failures = null;
    }

    /** The agent has left: another may come. */
    public static void release() {
        CLAIMED.set(false);
    }

    /**
     * Answers {@code SSLContext.getInstance}.
     *
     * @param source from the arguments of the call to the {@code SSLContext} to answer with, or null for the platform's
     */
    public static void answerSslContexts(Function<Object[], Object> source) {
        sslContexts = source;
    }

    /** Answers {@code getInstance} of the two factories in the same way. */
    public static void answerFactories(Function<Object[], Object> ofKeys, Function<Object[], Object> ofTrust) {
        keyManagerFactories = ofKeys;
        trustManagerFactories = ofTrust;
    }

    /** What advice on {@code SSLContext.getInstance} calls: an {@code SSLContext}, or null for the platform's code. */
    public static Object sslContext(Object[] arguments) {
        return answer(sslContexts, arguments);
    }

    /** The same of {@code KeyManagerFactory.getInstance}. */
    public static Object keyManagerFactory(Object[] arguments) {
        return answer(keyManagerFactories, arguments);
    }

    /** The same of {@code TrustManagerFactory.getInstance}. */
    public static Object trustManagerFactory(Object[] arguments) {
        return answer(trustManagerFactories, arguments);
    }

    /** What it takes to answer is not the application's doing: a policy of its own is asked for our permissions only. */
    private static Object answer(Function<Object[], Object> source, Object[] arguments) {
        try {
            if (source == null) return null;
            return trusted(new Answer(source, arguments));
        } catch (Throwable e) {
            failed("cannot answer the application, it keeps its own TLS", e);
            return null;
        }
    }

    /** Runs it with our permissions alone, where there is a security manager. */
    @SuppressWarnings("removal")
    public static <T> T trusted(Callable<T> action) throws Exception {
        if (System.getSecurityManager() == null) return action.call();
        try {
            return AccessController.doPrivileged((PrivilegedExceptionAction<T>) action::call);
        } catch (PrivilegedActionException e) {
            throw e.getException();
        }
    }

    /** Without a lambda: advice may be in the midst of the making of the first. */
    private static final class Answer implements Callable<Object> {

        private final Function<Object[], Object> source;
        private final Object[] arguments;

        Answer(Function<Object[], Object> source, Object[] arguments) {
            this.source = source;
            this.arguments = arguments;
        }

        @Override
        public Object call() {
            return source.apply(arguments);
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
            failed("cannot tell whose an engine is", e);
            return false;
        }
    }

    /** @param teller hears of failures that advice swallows: what could not be done, and why */
    public static void tellFailures(BiConsumer<String, Throwable> teller) {
        failures = teller;
    }

    /** Swallows it: it is counted, and told to whoever wants to hear of it. */
    static void failed(String what, Throwable why) {
        FAILURES.incrementAndGet();
        BiConsumer<String, Throwable> teller = failures;
        if (teller == null) return;
        try {
            trusted(new Failure(teller, what, why));
        } catch (Throwable e) {
            FAILURES.incrementAndGet();
        }
    }

    /** As {@link Answer}. */
    private static final class Failure implements Callable<Object> {

        private final BiConsumer<String, Throwable> teller;
        private final String what;
        private final Throwable why;

        Failure(BiConsumer<String, Throwable> teller, String what, Throwable why) {
            this.teller = teller;
            this.what = what;
            this.why = why;
        }

        @Override
        public Object call() {
            teller.accept(what, why);
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
