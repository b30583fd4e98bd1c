package org.almosttls.agent.upgrade;

import java.io.InputStream;
import java.io.OutputStream;
import java.util.Optional;
import javax.net.ssl.SSLSocket;

/**
 * What carries a connection from now on.
 *
 * @param tls over which it goes, or empty in plaintext
 */
record Way(InputStream in, OutputStream out, Optional<SSLSocket> tls) {

    static Way plain(InputStream in, OutputStream out) {
        return new Way(in, out, Optional.empty());
    }
}
