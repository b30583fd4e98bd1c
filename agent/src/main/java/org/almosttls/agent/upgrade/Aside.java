package org.almosttls.agent.upgrade;

/** Whether a thread is at work for us: what it does to sockets then is not the application's. */
final class Aside {

    private static final ThreadLocal<Boolean> BUSY = new ThreadLocal<>();

    private Aside() {}

    /** Something that may fail in one way. */
    @FunctionalInterface
    interface Work<T, E extends Exception> {
        T run() throws E;
    }

    static boolean isBusy() {
        return BUSY.get() != null;
    }

    static <T, E extends Exception> T run(Work<T, E> work) throws E {
        if (isBusy()) return work.run();
        BUSY.set(Boolean.TRUE);
        try {
            return work.run();
        } finally {
            BUSY.remove();
        }
    }
}
