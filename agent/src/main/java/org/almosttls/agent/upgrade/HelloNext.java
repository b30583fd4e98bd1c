package org.almosttls.agent.upgrade;

import java.io.IOException;
import java.io.OutputStream;
import java.util.HashSet;
import java.util.Set;
import javax.net.ssl.SSLException;

/**
 * Lets a client ask for TLS in words of its own protocol, and then do nothing but begin with it. Octets may come in whatever pieces;
 * none goes out that is of something else.
 */
final class HelloNext extends OutputStream {

    private static final int UNKNOWN = -1;

    private final OutputStream out;
    /** The last octets of PostgreSQL's requests: who is denied the one may ask for the other. */
    private final Set<Byte> postgres = new HashSet<>();

    private final byte[] word = new byte[FirstBytes.POSTGRES_LENGTH];
    private int length;
    /** Octets of LDAP's request that are yet to come. */
    private int owed;

    private boolean begun;
    private boolean refused;

    /** @param request what it may ask; if that is none of the two, there is nothing to ask any more */
    HelloNext(OutputStream out, FirstBytes request) {
        this.out = out;
        if (request == FirstBytes.POSTGRES_REQUEST) postgres.addAll(FirstBytes.POSTGRES_REQUESTS);
        this.owed = request == FirstBytes.LDAP_START_TLS ? UNKNOWN : 0;
    }

    @Override
    public void write(int octet) throws IOException {
        write(new byte[] {(byte) octet}, 0, 1);
    }

    @Override
    public void write(byte[] source, int offset, int length) throws IOException {
        if (!begun && length > 0) look(source, offset, length);
        out.write(source, offset, length);
    }

    private void look(byte[] source, int offset, int count) throws SSLException {
        if (owed == UNKNOWN) {
            owed = StartTls.lengthOf(source, offset, count);
            refused = owed == 0;
        }
        int asked = Math.min(owed, count);
        owed -= asked;
        for (int i = asked; i < count && !begun && !refused; i++) take(source[offset + i]);
        if (refused)
            throw new SSLException("upgrade=strict: the peer did not begin with TLS, and there is no plaintext");
    }

    private void take(byte octet) {
        word[length++] = octet;
        switch (FirstBytes.of(word, 0, length)) {
            case HELLO -> begun = true;
            case TOO_FEW -> refused = false;
            case POSTGRES_REQUEST -> {
                refused = !postgres.remove(octet);
                length = 0;
            }
            default -> refused = postgres.isEmpty() || !FirstBytes.mayAskAsPostgres(word, 0, length);
        }
    }
}
