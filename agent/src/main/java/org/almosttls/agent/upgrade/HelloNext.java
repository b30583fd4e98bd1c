package org.almosttls.agent.upgrade;

import java.io.IOException;
import java.io.OutputStream;
import javax.net.ssl.SSLException;

/** Lets a client ask for TLS in words of its own protocol, and then do nothing but begin with it. */
final class HelloNext extends OutputStream {

    private final OutputStream out;
    private boolean asked;
    private boolean begun;

    /** @param asked whether there is nothing to ask any more */
    HelloNext(OutputStream out, boolean asked) {
        this.out = out;
        this.asked = asked;
    }

    @Override
    public void write(int octet) throws IOException {
        write(new byte[] {(byte) octet}, 0, 1);
    }

    @Override
    public void write(byte[] source, int offset, int length) throws IOException {
        if (asked && !begun && FirstBytes.of(source, offset, length) != FirstBytes.HELLO)
            throw new SSLException("upgrade=strict: the peer did not begin with TLS, and there is no plaintext");
        begun = asked;
        asked = true;
        out.write(source, offset, length);
    }
}
