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
            super(new Openssl(), Face.SOCKET, "TLSv1.2");
        }
    }

    @Nested
    class SocketsBy13 extends InteropSuite {
        SocketsBy13() {
            super(new Openssl(), Face.SOCKET, "TLSv1.3");
        }
    }

    @Nested
    class Engines extends InteropSuite {
        Engines() {
            super(new Openssl(), Face.ENGINE, "TLSv1.2");
        }
    }

    @Nested
    class EnginesBy13 extends InteropSuite {
        EnginesBy13() {
            super(new Openssl(), Face.ENGINE, "TLSv1.3");
        }
    }
}
