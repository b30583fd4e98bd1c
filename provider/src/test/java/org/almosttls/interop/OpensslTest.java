package org.almosttls.interop;

import org.almosttls.testkit.Peers;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Nested;

/** Our stack with OpenSSL. */
class OpensslTest {

    @BeforeAll
    static void isThere() {
        Peers.OPENSSL.require();
    }

    @Nested
    class Sockets extends InteropSuite {
        Sockets() {
            super(new Openssl(), Face.SOCKET);
        }
    }

    @Nested
    class Engines extends InteropSuite {
        Engines() {
            super(new Openssl(), Face.ENGINE);
        }
    }
}
