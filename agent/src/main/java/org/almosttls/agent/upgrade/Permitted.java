package org.almosttls.agent.upgrade;

import java.io.IOException;
import org.almosttls.agent.boot.AgentBridge;

/** Reading and writing for an application whose security manager permits it less than TLS takes. */
final class Permitted {

    private Permitted() {}

    /** Something that comes to a number. */
    @FunctionalInterface
    interface Work {
        int run() throws IOException;
    }

    @SuppressWarnings("removal")
    static boolean isManaged() {
        return System.getSecurityManager() != null;
    }

    /** With our permissions alone. */
    static int run(Work work) throws IOException {
        try {
            return AgentBridge.trusted(work::run);
        } catch (IOException | RuntimeException e) {
            throw e;
        } catch (Exception impossible) {
            throw new IOException(impossible);
        }
    }
}
