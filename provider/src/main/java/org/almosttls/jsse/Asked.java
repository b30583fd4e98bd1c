package org.almosttls.jsse;

import java.security.AccessController;
import java.security.PrivilegedAction;
import java.security.Security;

/**
 * What the JVM was told: system and security properties, read in our own name as the platform's stack reads them. A
 * policy for an application under a security manager need not know of them.
 */
final class Asked {

    private Asked() {}

    /** Null if there is none. */
    static String property(String name) {
        return trusted(() -> System.getProperty(name));
    }

    static String property(String name, String otherwise) {
        return trusted(() -> System.getProperty(name, otherwise));
    }

    static boolean flag(String name) {
        return trusted(() -> Boolean.getBoolean(name));
    }

    static int number(String name, int otherwise) {
        return trusted(() -> Integer.getInteger(name, otherwise));
    }

    /** Of {@code java.security}; null if there is none. */
    static String security(String name) {
        return trusted(() -> Security.getProperty(name));
    }

    @SuppressWarnings("removal")
    private static <T> T trusted(PrivilegedAction<T> reading) {
        return System.getSecurityManager() == null ? reading.run() : AccessController.doPrivileged(reading);
    }
}
