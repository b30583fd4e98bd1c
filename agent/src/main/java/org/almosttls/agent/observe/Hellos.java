package org.almosttls.agent.observe;

import java.util.Arrays;
import java.util.Optional;
import org.almosttls.registry.ExtensionType;
import org.almosttls.registry.HandshakeType;
import org.almosttls.registry.ProtocolVersion;

/**
 * The last hello of each end, as it came: of them a few things have to be known before anybody reads them. What does not end
 * where it says counts for nothing.
 */
final class Hellos {

    /** RFC 5246 §7.4.1.2: behind the header of the message and the version. */
    private static final int RANDOM_AT = 4 + 2;

    private static final int SESSION_ID_AT = RANDOM_AT + 32;
    private static final int SUITE_AND_COMPRESSION = 2 + 1;
    private static final byte[] NOTHING = {};

    private volatile byte[] client = NOTHING;
    private volatile byte[] server = NOTHING;

    /** A handshake message has passed. */
    void passes(byte[] message) {
        if (message[0] == HandshakeType.CLIENT_HELLO.code()) client = message;
        if (message[0] == HandshakeType.SERVER_HELLO.code()) server = message;
    }

    /** RFC 8446 §4.1.2. */
    Optional<byte[]> clientRandom() {
        byte[] hello = client;
        return hello.length < SESSION_ID_AT
                ? Optional.empty()
                : Optional.of(Arrays.copyOfRange(hello, RANDOM_AT, SESSION_ID_AT));
    }

    /** Whether the server has chosen a version before TLS 1.3. */
    boolean isBefore13() {
        int chosen = version(server);
        return chosen != 0 && chosen < ProtocolVersion.TLS_1_3.code();
    }

    /** Whether a handshake is under way that goes by no session which was there before. */
    boolean isFull() {
        return client.length > 0 && !resumes(client, server);
    }

    /** RFC 8446 §4.2.11; before, RFC 5246 §7.4.1.3: the server repeats the id that the client has said. */
    private static boolean resumes(byte[] offer, byte[] answer) {
        if (version(answer) == ProtocolVersion.TLS_1_3.code())
            return extension(answer, ExtensionType.PRE_SHARED_KEY) > 0;
        int end = endOfSessionId(offer);
        boolean isAny = end > SESSION_ID_AT + 1 && end == endOfSessionId(answer);
        return isAny && Arrays.equals(offer, SESSION_ID_AT, end, answer, SESSION_ID_AT, end);
    }

    /** RFC 8446 §4.2.1: TLS 1.3 is chosen in an extension. 0 if it is not there. */
    private static int version(byte[] answer) {
        int selected = extension(answer, ExtensionType.SUPPORTED_VERSIONS);
        if (selected > 0) return selected + 2 <= answer.length ? uint16(answer, selected) : 0;
        return answer.length < SESSION_ID_AT ? 0 : uint16(answer, RANDOM_AT - 2);
    }

    /** Where what is in it begins; 0 if it is not there. */
    private static int extension(byte[] answer, ExtensionType wanted) {
        int at = endOfSessionId(answer) + SUITE_AND_COMPRESSION + 2;
        while (at + 4 <= answer.length) {
            if (uint16(answer, at) == wanted.code()) return at + 4;
            at += 4 + uint16(answer, at + 2);
        }
        return 0;
    }

    /** It stands behind its length. */
    private static int endOfSessionId(byte[] hello) {
        int end = hello.length <= SESSION_ID_AT ? hello.length : SESSION_ID_AT + 1 + (hello[SESSION_ID_AT] & 0xFF);
        return Math.min(end, hello.length);
    }

    private static int uint16(byte[] octets, int at) {
        return (octets[at] & 0xFF) << 8 | octets[at + 1] & 0xFF;
    }
}
