package org.almosttls.interop;

import java.util.EnumSet;
import org.almosttls.interop.Opposite.Ability;
import org.almosttls.testkit.Contexts;
import org.junit.jupiter.api.Nested;

/** Our stack with the platform's provider. */
class SunJsseTest {

    private static Opposite opposite() {
        var lacks = EnumSet.of(
                Ability.LEAVE_OUT_EXTENDED_MASTER_SECRET, Ability.OLDER_VERSION, Ability.SHOW_ANY_CERTIFICATE);
        if (Runtime.version().feature() < 20) lacks.add(Ability.CHOOSE_GROUPS);
        return new Jsse(Contexts.PLATFORM, lacks);
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
