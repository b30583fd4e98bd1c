package org.almosttls.handshake.tls13;

import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.Optional;
import java.util.function.UnaryOperator;
import org.almosttls.alert.Violation;
import org.almosttls.config.ClientAuthentication;
import org.almosttls.registry.HandshakeType;
import org.almosttls.registry.NamedGroup;
import org.almosttls.testkit.Expect;
import org.almosttls.testkit.StateEnd.Flying;
import org.almosttls.testkit.StatePair;
import org.almosttls.testkit.TestCertificates;
import org.almosttls.testkit.TestSessions;
import org.almosttls.testkit.Tls13;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** RFC 8446 §6.2: what cannot be parsed is decode_error, whichever message it is. */
class MalformedTest {

    private static final int HEADER = 4;
    private static final int SESSION_ID = HEADER + 2 + 32;

    private static StatePair pair() throws Exception {
        return new StatePair(
                Tls13.client(TestCertificates.ecClient())
                        .sessions(new TestSessions().withTickets(Optional.empty()))
                        .build(),
                Tls13.server(TestCertificates.ecServer())
                        .groups(NamedGroup.SECP256R1)
                        .asking(ClientAuthentication.NEED)
                        .sessions(new TestSessions().withTickets(Optional.empty()))
                        .build());
    }

    /** Messages of this type arrive with another body, of whose length their headers know. */
    private static void refuses(HandshakeType type, UnaryOperator<byte[]> change) throws Exception {
        var pair = pair().garbling(flying -> isOf(type, flying) ? with(flying, change) : flying);
        Expect.violation(Violation.MALFORMED_MESSAGE, pair::handshake);
    }

    private static boolean isOf(HandshakeType type, Flying flying) {
        return !flying.isChangeCipherSpec() && flying.bytes()[0] == type.code();
    }

    private static Flying with(Flying flying, UnaryOperator<byte[]> change) {
        byte[] all = flying.bytes();
        byte[] body = change.apply(Arrays.copyOfRange(all, HEADER, all.length));
        return new Flying(ByteBuffer.allocate(HEADER + body.length)
                .putInt(all[0] << 24 | body.length)
                .put(body)
                .array());
    }

    private static final String ALL = "CLIENT_HELLO|SERVER_HELLO|NEW_SESSION_TICKET|ENCRYPTED_EXTENSIONS|CERTIFICATE"
            + "|CERTIFICATE_REQUEST|CERTIFICATE_VERIFY|FINISHED";

    @ParameterizedTest
    @EnumSource(mode = EnumSource.Mode.MATCH_ALL, names = ALL)
    void noMessageIsShorterThanItSays(HandshakeType type) throws Exception {
        refuses(type, body -> Arrays.copyOf(body, body.length - 1));
    }

    @ParameterizedTest
    @EnumSource(mode = EnumSource.Mode.MATCH_ALL, names = ALL)
    void nothingIsBehindAMessage(HandshakeType type) throws Exception {
        refuses(type, body -> Arrays.copyOf(body, body.length + 1));
    }

    @ParameterizedTest
    @EnumSource(mode = EnumSource.Mode.MATCH_ALL, names = ALL)
    void noMessageIsEmpty(HandshakeType type) throws Exception {
        refuses(type, body -> new byte[0]);
    }

    /** RFC 8446 §4.1.2, §4.1.3: the field that was a session's id has 32 octets at the most. */
    @ParameterizedTest
    @EnumSource(names = {"CLIENT_HELLO", "SERVER_HELLO"})
    void noSessionIdIsLongerThan32Octets(HandshakeType type) throws Exception {
        refuses(type, body -> {
            var longer = ByteBuffer.allocate(body.length + 1);
            longer.put(body, 0, SESSION_ID - HEADER).put((byte) 33).put((byte) 7);
            return longer.put(body, SESSION_ID - HEADER + 1, body.length - (SESSION_ID - HEADER) - 1)
                    .array();
        });
    }
}
