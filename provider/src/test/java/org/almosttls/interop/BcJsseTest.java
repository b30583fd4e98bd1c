package org.almosttls.interop;

import java.util.EnumSet;
import org.almosttls.interop.Opposite.Ability;
import org.bouncycastle.jce.provider.BouncyCastleProvider;
import org.bouncycastle.jsse.provider.BouncyCastleJsseProvider;
import org.junit.jupiter.api.Nested;

/** Our stack with Bouncy Castle's provider. */
class BcJsseTest {

    private static Opposite opposite() {
        var lacks = EnumSet.of(
                Ability.LEAVE_OUT_EXTENDED_MASTER_SECRET, Ability.OLDER_VERSION, Ability.SHOW_ANY_CERTIFICATE);
        return new Jsse(new BouncyCastleJsseProvider(new BouncyCastleProvider()), lacks);
    }

    @Nested
    class Sockets extends InteropSuite {
        Sockets() {
            super(opposite(), Face.SOCKET, "TLSv1.2");
        }
    }

    @Nested
    class SocketsBy13 extends InteropSuite {
        SocketsBy13() {
            super(opposite(), Face.SOCKET, "TLSv1.3");
        }
    }

    @Nested
    class Engines extends InteropSuite {
        Engines() {
            super(opposite(), Face.ENGINE, "TLSv1.2");
        }
    }

    @Nested
    class EnginesBy13 extends InteropSuite {
        EnginesBy13() {
            super(opposite(), Face.ENGINE, "TLSv1.3");
        }
    }
}
