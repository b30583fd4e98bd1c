package org.almosttls.handshake.hello.client;

import java.util.Arrays;
import org.almosttls.message.ServerHello;
import org.almosttls.registry.ProtocolVersion;

/** RFC 8446 §4.1.3: the last eight octets of the random of a server that could do more than it was asked for. */
final class DowngradeMark {

    private static final byte[] FROM_1_3_TO_1_2 = {'D', 'O', 'W', 'N', 'G', 'R', 'D', 1};
    private static final byte[] TO_1_1_OR_BELOW = {'D', 'O', 'W', 'N', 'G', 'R', 'D', 0};

    private DowngradeMark() {}

    /** Whether the answer says that the server was talked down, although {@code offered} was among the offer. */
    static boolean in(ServerHello answer, ProtocolVersion offered) {
        if (offered.code() <= answer.legacyVersion().code()) return false;
        return ends(answer.random(), FROM_1_3_TO_1_2) || ends(answer.random(), TO_1_1_OR_BELOW);
    }

    private static boolean ends(byte[] random, byte[] mark) {
        return Arrays.equals(random, random.length - mark.length, random.length, mark, 0, mark.length);
    }
}
