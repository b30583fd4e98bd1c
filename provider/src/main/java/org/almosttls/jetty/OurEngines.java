package org.almosttls.jetty;

import java.util.ServiceLoader;
import javax.net.ssl.SSLEngine;
import org.almosttls.jsse.AlmostSslEngine;
import org.eclipse.jetty.io.Connection;
import org.eclipse.jetty.io.ssl.ALPNProcessor;

/** Has Jetty do with engines of ours as it does with the platform's: it asks them for methods of {@link SSLEngine} only. */
abstract class OurEngines implements ALPNProcessor {

    private final Class<? extends ALPNProcessor> role;
    private final String platforms;
    private ALPNProcessor processor;

    /** @param platforms Jetty's own processor, by its name in all its versions */
    OurEngines(Class<? extends ALPNProcessor> role, String platforms) {
        this.role = role;
        this.platforms = platforms;
    }

    /** Jetty expects a failure of those that do not suit, and goes on without them. */
    @Override
    public final void init() {
        // Its module, if it is one, hands it out in no other way.
        processor = ServiceLoader.load(role).stream()
                .filter(each -> each.type().getName().equals(platforms))
                .findFirst()
                .orElseThrow(() -> new IllegalStateException("this Jetty has no " + platforms))
                .get();
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
