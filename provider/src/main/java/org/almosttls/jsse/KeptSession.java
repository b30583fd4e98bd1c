package org.almosttls.jsse;

import org.almosttls.config.ResumableSession;

/** A session that can be resumed: as applications see it, what it takes, and where. Owns the secret in it. */
record KeptSession(AlmostSslSession face, ResumableSession resumable, Meeting meeting) implements AutoCloseable {

    KeptSession copy() {
        return new KeptSession(face, resumable.copy(), meeting);
    }

    @Override
    public void close() {
        resumable.close();
    }
}
