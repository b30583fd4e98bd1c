package org.almosttls.agent.hook;

/** One class of the platform or of the application with a call of ours in it. */
@FunctionalInterface
public interface Hook {

    /**
     * The class with the call in it.
     *
     * @param typeName its name, with dots
     * @param bytes the class as it is
     * @throws IllegalStateException if the class has another shape than is known; the hook stays off then
     */
    byte[] weave(String typeName, byte[] bytes);
}
