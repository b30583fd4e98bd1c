package ordinary;

import java.util.concurrent.Callable;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLEngine;

/** An application that reads and makes an engine, in one order and in the other. */
public final class EngineMaker {

    private SSLEngine engine;

    /** What it has read. */
    public Object readsAndMakes(Callable<?> reading) throws Exception {
        Object read = reading.call();
        engine = SSLContext.getDefault().createSSLEngine();
        return read;
    }

    /** The same. */
    public Object makesAndReads(Callable<?> reading) throws Exception {
        engine = SSLContext.getDefault().createSSLEngine();
        return reading.call();
    }

    /** The same, of one that has had it for long. */
    public Object readsAndUses(Callable<?> reading) throws Exception {
        Object read = reading.call();
        return engine == null ? read : engine.getSession();
    }

    /** And of one that begins with what it has. */
    public Object readsAndBegins(Callable<?> reading, SSLEngine known) throws Exception {
        Object read = reading.call();
        known.beginHandshake();
        return read;
    }
}
