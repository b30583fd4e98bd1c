package org.almosttls.agent.hook;

import java.util.Optional;

/** The list of the hooks. Reading it loads none of them, nor Byte Buddy. */
public enum Hooks {
    SSL_CONTEXT(SslContextHook.TYPE) {
        @Override
        public Hook open() {
            return new SslContextHook();
        }
    };

    private final String typeName;
    private final String internalName;

    Hooks(String typeName) {
        this.typeName = typeName;
        this.internalName = typeName.replace('.', '/');
    }

    public abstract Hook open();

    /** The one for a class by its name in the JVM's spelling, with slashes. */
    public static Optional<Hooks> of(String internalName) {
        for (Hooks hook : values()) {
            if (hook.internalName.equals(internalName)) return Optional.of(hook);
        }
        return Optional.empty();
    }

    /** The hooked class's exact name, with dots. */
    public String typeName() {
        return typeName;
    }
}
