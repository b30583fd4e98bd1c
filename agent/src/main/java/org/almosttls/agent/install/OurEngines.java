package org.almosttls.agent.install;

import java.util.function.Predicate;
import org.almosttls.jsse.AlmostSslEngine;

/** Tells engines of ours from others. The JVM loads our engine's class when that is first asked. */
final class OurEngines implements Predicate<Object> {

    @Override
    public boolean test(Object engine) {
        return engine instanceof AlmostSslEngine;
    }
}
