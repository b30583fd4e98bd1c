package org.almosttls.benchmarks;

import java.lang.reflect.Field;

/** Turns the agent of this JVM's watching off and on again; what it has woven into the platform's TLS stays. */
final class Switch {

    static final String OFF = "benchmarks.unwatched";

    private final Field field;
    private final Object observer;

    /** Of an agent that has something to watch already. */
    Switch() throws ReflectiveOperationException {
        field = Class.forName("org.almosttls.agent.boot.ObserveBridge", false, null)
                .getDeclaredField("observer");
        field.setAccessible(true);
        observer = field.get(null);
        if (observer == null) throw new IllegalStateException("nobody watches");
    }

    /** Off for good, in a JVM that was started with {@link #OFF} to have nobody watch. */
    static void obey() throws ReflectiveOperationException {
        if (Boolean.getBoolean(OFF)) new Switch().turn(false);
    }

    void turn(boolean on) throws ReflectiveOperationException {
        field.set(null, on ? observer : null);
    }
}
