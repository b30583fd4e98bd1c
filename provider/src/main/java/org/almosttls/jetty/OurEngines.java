package org.almosttls.jetty;

import javax.net.ssl.SSLEngine;
import org.almosttls.jsse.AlmostSslEngine;
import org.eclipse.jetty.io.Connection;
import org.eclipse.jetty.io.ssl.ALPNProcessor;

/** Has Jetty do with engines of ours as it does with the platform's: it asks them for methods of {@link SSLEngine} only. */
abstract class OurEngines implements ALPNProcessor {

    private final String platforms;
    private ALPNProcessor processor;

    /** @param platforms Jetty's own processor, by its name in all its versions */
    OurEngines(String platforms) {
        this.platforms = platforms;
    }

    /** Jetty expects a failure of those that do not suit, and goes on without them. */
    @Override
    public final void init() {
        try {
            var loader = Thread.currentThread().getContextClassLoader();
            var type = Class.forName(platforms, true, loader).asSubclass(ALPNProcessor.class);
            processor = type.getConstructor().newInstance();
        } catch (ReflectiveOperationException e) {
            throw new IllegalStateException("this Jetty has no " + platforms, e);
        }
        processor.init();
    }

    @Override
    public final boolean appliesTo(SSLEngine engine) {
        return engine instanceof AlmostSslEngine;
    }

    @Override
    public final void configure(SSLEngine engine, Connection connection) {
        processor.configure(engine, connection);
    }
}
