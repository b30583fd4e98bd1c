package org.almosttls.agent.hook;

import java.util.Collections;
import java.util.EnumSet;
import java.util.Optional;
import java.util.Set;

/** The list of the hooks. Reading it loads none of them, nor Byte Buddy. */
public enum Hooks {
    /**
     * {@code SSLContext.getDefault} and the default socket factories ask {@code SSLContext.getInstance} for
     * {@code Default}, so they need no hook.
     */
    SSL_CONTEXT(Lookups.CONTEXTS, Home.PLATFORM) {
        @Override
        public Hook open() {
            return new Lookups("sslContext");
        }
    },
    /** Only where stores that applications load are to be read again. */
    KEY_MANAGER_FACTORY(Lookups.KEY_MANAGERS, Home.PLATFORM) {
        @Override
        public Hook open() {
            return new Lookups("keyManagerFactory");
        }
    },
    /** As the one before. */
    TRUST_MANAGER_FACTORY(Lookups.TRUST_MANAGERS, Home.PLATFORM) {
        @Override
        public Hook open() {
            return new Lookups("trustManagerFactory");
        }
    },
    /** Only where connections in plaintext are looked at. */
    SOCKET(SocketHook.TYPE, Home.PLATFORM) {
        @Override
        public Hook open() {
            return new SocketHook();
        }
    },
    /** As the one before. */
    SERVER_SOCKET(ServerSocketHook.TYPE, Home.PLATFORM) {
        @Override
        public Hook open() {
            return new ServerSocketHook();
        }
    },
    /** As the one before. */
    SOCKET_CHANNEL(SocketChannelHook.TYPE, Home.PLATFORM) {
        @Override
        public Hook open() {
            return new SocketChannelHook();
        }
    },
    /** As the one before. */
    SERVER_SOCKET_CHANNEL(ServerSocketChannelHook.TYPE, Home.PLATFORM) {
        @Override
        public Hook open() {
            return new ServerSocketChannelHook();
        }
    },
    /** As the one before. */
    FILE_CHANNEL(FileChannelHook.TYPE, Home.PLATFORM) {
        @Override
        public Hook open() {
            return new FileChannelHook();
        }
    },
    /** As the one before. */
    CHANNEL_CLOSE(ChannelCloseHook.TYPE, Home.PLATFORM) {
        @Override
        public Hook open() {
            return new ChannelCloseHook();
        }
    },
    /** As the one before. */
    EPOLL_SELECTOR(SelectorHook.EPOLL, Home.PLATFORM) {
        @Override
        public Hook open() {
            return new SelectorHook();
        }
    },
    /** As the one before. */
    POLL_SELECTOR(SelectorHook.POLL, Home.PLATFORM) {
        @Override
        public Hook open() {
            return new SelectorHook();
        }
    },
    /** Only where an application's own TLS is to be told from plaintext, as the next one. */
    ENGINE_MADE(WatchedEngineMadeHook.ENGINE, Home.PLATFORM) {
        @Override
        public Hook open() {
            return EngineMadeHook.hook();
        }
    },
    CHANNEL_REGISTER(ChannelRegisterHook.TYPE, Home.PLATFORM) {
        @Override
        public Hook open() {
            return new ChannelRegisterHook();
        }
    },
    /** Only where other stacks are watched, as the next three. */
    WATCHED_ENGINE(WatchedEngineMadeHook.ENGINE, Home.PLATFORM) {
        @Override
        public Hook open() {
            return WatchedEngineMadeHook.hook();
        }
    },
    WATCHED_SOCKET(WatchedEngineMadeHook.SOCKET, Home.PLATFORM) {
        @Override
        public Hook open() {
            return WatchedEngineMadeHook.hook();
        }
    },
    WATCHED_CONTEXT(WatchedContextHook.TYPE, Home.PLATFORM) {
        @Override
        public Hook open() {
            return WatchedContextHook.hook();
        }
    },
    WATCHED_TRANSPORT(WatchedTransportHook.TYPE, Home.PLATFORM) {
        @Override
        public Hook open() {
            return new WatchedTransportHook();
        }
    },
    /** Only where secrets are written too, as the next two. */
    SECRET_DERIVATION(SecretDerivationHook.TYPE, Home.PLATFORM) {
        @Override
        public Hook open() {
            return new SecretDerivationHook();
        }
    },
    MASTER_SECRET(MasterSecretHook.TYPE, Home.PLATFORM) {
        @Override
        public Hook open() {
            return MasterSecretHook.hook();
        }
    },
    /** Named in pieces, or the build would take it for a class of the agent's own Bouncy Castle, which has another name. */
    BOUNCY_CASTLE_SECRETS(String.join(".", "org", "bouncycastle", "tls", "TlsUtils"), Home.APPLICATION) {
        @Override
        public Hook open() {
            return new BouncyCastleSecretsHook();
        }
    },
    JETTY_SERVER_ALPN(JettyAlpnHook.SERVER, Home.APPLICATION) {
        @Override
        public Hook open() {
            return new JettyAlpnHook();
        }
    },
    JETTY_CLIENT_ALPN(JettyAlpnHook.CLIENT, Home.APPLICATION) {
        @Override
        public Hook open() {
            return new JettyAlpnHook();
        }
    };

    /** Those for connections in plaintext. */
    public static Set<Hooks> ofPlaintext() {
        return EnumSet.range(SOCKET, POLL_SELECTOR);
    }

    /** Those that see what speaks for an application's own TLS. */
    public static Set<Hooks> ofOwnTls() {
        return EnumSet.of(ENGINE_MADE, CHANNEL_REGISTER);
    }

    /** Whose class loader has it. */
    private enum Home {
        PLATFORM,
        APPLICATION;

        static Home of(ClassLoader loader) {
            return loader == null ? PLATFORM : APPLICATION;
        }
    }

    private static final Hooks[] ALL = values();

    /** Those of {@code mode=observe}, and of no other. */
    public static final Set<Hooks> WATCHING =
            Collections.unmodifiableSet(EnumSet.of(WATCHED_ENGINE, WATCHED_SOCKET, WATCHED_CONTEXT, WATCHED_TRANSPORT));

    /** Those by which other stacks' secrets are seen. */
    public static final Set<Hooks> OF_SECRETS =
            Collections.unmodifiableSet(EnumSet.of(SECRET_DERIVATION, MASTER_SECRET, BOUNCY_CASTLE_SECRETS));

    private final String typeName;
    private final String internalName;
    private final Home home;

    Hooks(String typeName, Home home) {
        this.typeName = typeName;
        this.internalName = typeName.replace('.', '/');
        this.home = home;
    }

    public abstract Hook open();

    /**
     * The one for a class, of those that are wanted.
     *
     * @param loader the class's, null for the bootstrap loader
     * @param internalName in the JVM's spelling, with slashes
     */
    public static Optional<Hooks> of(Set<Hooks> wanted, ClassLoader loader, String internalName) {
        for (Hooks hook : ALL) {
            if (wanted.contains(hook) && hook.home == Home.of(loader) && hook.internalName.equals(internalName))
                return Optional.of(hook);
        }
        return Optional.empty();
    }

    /** The hooked class's exact name, with dots. */
    public String typeName() {
        return typeName;
    }
}
