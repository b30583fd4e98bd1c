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
    };

    public abstract Hook open();
}
