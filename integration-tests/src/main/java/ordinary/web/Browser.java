package ordinary.web;

import java.io.IOException;
import java.net.URI;

/** A web client as its application sets it up. */
interface Browser extends AutoCloseable {

    String HTTP_2 = "HTTP/2";
    String HTTP_1_1 = "HTTP/1.1";

    /** What came back, and over which version of HTTP. */
    record Reply(String version, byte[] body) {}

    Reply read(URI page) throws Exception;

    Reply post(URI page, byte[] body) throws Exception;

    @Override
    void close() throws IOException;

    /** Makes one that speaks HTTP/2 where it may and the server does, or else HTTP/1.1 only. */
    @FunctionalInterface
    interface Maker {
        Browser open(Stores stores, boolean http2) throws Exception;
    }
}
