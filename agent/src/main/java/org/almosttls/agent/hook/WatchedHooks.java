package org.almosttls.agent.hook;

/** What is woven into classes that turn up as an application uses them: one for each kind, whoever's class it is. */
public enum WatchedHooks {
    ENGINE {
        @Override
        public Hook open() {
            return new WatchedEngineHook();
        }
    },
    SOCKET {
        @Override
        public Hook open() {
            return new WatchedSocketHook();
        }
    },
    STREAM {
        @Override
        public Hook open() {
            return new WatchedStreamHook();
        }
    },
    CHANNEL {
        @Override
        public Hook open() {
            return new WatchedChannelHook();
        }
    },
    /** Of engines too, where there is but one question: whether they are given what was plaintext. */
    UNWRAP {
        @Override
        public Hook open() {
            return new UnwrapHook();
        }
    };

    /** The one class of which the platform makes channels of sockets. */
    public static final String CHANNELS = "sun.nio.ch.SocketChannelImpl";

    public abstract Hook open();
}
