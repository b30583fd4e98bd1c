package org.almosttls.agent.choice;

import javax.net.ssl.SSLContext;

/** One context to the application; each of its connections is made by one of two stacks. */
public final class DividedTls extends SSLContext {

    /**
     * @param ours and the platform's, neither of them initialised, unless both are default contexts
     */
    public DividedTls(SSLContext ours, SSLContext platforms, Choice choice) {
        super(new DividedSpi(new Stacks(ours, platforms, choice)), ours.getProvider(), ours.getProtocol());
    }
}
