package org.almosttls.agent.install;

import org.almosttls.agent.boot.AgentBridge;
import org.bouncycastle.crypto.CryptoServicesRegistrar;

/**
 * Bouncy Castle's first use, on a thread that ends: it keeps its defaults also as that thread's own, and a thread of the
 * application would hold on to our class loader with them for as long as it lives.
 */
final class FirstUse implements Runnable {

    private FirstUse() {}

    static void prepare() {
        Thread thread = new Thread(null, new FirstUse(), "AlmostTLS first use", 0, false);
        thread.setDaemon(true);
        try {
            thread.start();
            thread.join();
        } catch (InterruptedException hurried) {
            Thread.currentThread().interrupt();
        } catch (OutOfMemoryError noThreadLeft) {
            AgentBridge.countFailure();
        }
    }

    @Override
    public void run() {
        CryptoServicesRegistrar.getServicesConstraints();
    }
}
