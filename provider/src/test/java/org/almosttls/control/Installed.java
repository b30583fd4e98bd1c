package org.almosttls.control;

import java.security.Security;

/** The provider that is tried, as whoever names none gets it: the platform's is there, ours is put in first place. */
final class Installed implements AutoCloseable {

    private final Stack stack;

    Installed(Stack stack) {
        this.stack = stack;
        if (stack.isOurs()) Security.insertProviderAt(stack.provider(), 1);
    }

    @Override
    public void close() {
        if (stack.isOurs()) Security.removeProvider(stack.provider().getName());
    }
}
