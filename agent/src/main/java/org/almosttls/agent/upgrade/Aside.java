package org.almosttls.agent.upgrade;

/** Whether a thread is at work for us: what it does to sockets then is not the application's. */
final class Aside {

    /** An array, since a class of ours would be kept by the threads of the application. */
    private static final ThreadLocal<boolean[]> BUSY = ThreadLocal.withInitial(() -> new boolean[1]);

    private Aside() {}

    /** Something that may fail in one way. */
    @FunctionalInterface
    interface Work<T, E extends Exception> {
        T run() throws E;
    }

    static boolean isBusy() {
        return BUSY.get()[0];
    }

    /** From now on the thread is; for {@link #leave} when it is no longer. */
    static boolean enter() {
        boolean[] busy = BUSY.get();
        boolean before = busy[0];
        busy[0] = true;
        return before;
    }

    /** @param before what {@link #enter} has said */
    static void leave(boolean before) {
        BUSY.get()[0] = before;
    }

    static <T, E extends Exception> T run(Work<T, E> work) throws E {
        boolean before = enter();
        try {
            return work.run();
        } finally {
            leave(before);
        }
    }
}
