package org.almosttls.agent.observe;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import java.util.HexFormat;
import java.util.List;
import org.almosttls.alert.TlsAlertException;
import org.almosttls.alert.Violation;
import org.almosttls.config.Clock;
import org.almosttls.event.ConnectionId;
import org.almosttls.event.TlsEvent;
import org.almosttls.event.TlsEvent.MessageTransferred;
import org.almosttls.event.TlsEvent.MessageUndecoded;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What another stack says in plaintext and is not decoded is told once each way: by its header and why. */
class UndecodedTest {

    private final Heard listener = new Heard();
    private final List<TlsEvent> told = listener.told();

    private final WatchedConnection watched =
            new WatchedConnection(new Object(), new Telling(ConnectionId.next(), Clock.system(), listener));

    private void receives(String hex) {
        byte[] octets = HexFormat.of().parseHex(hex);
        watched.received().take(octets, 0, octets.length);
    }

    private List<String> undecoded() {
        return told.stream()
                .filter(MessageUndecoded.class::isInstance)
                .map(MessageUndecoded.class::cast)
                .map(each -> each.direction() + " " + HexFormat.of().formatHex(each.header()) + " " + each.octets()
                        + " " + why(each))
                .toList();
    }

    private static String why(MessageUndecoded each) {
        return each.why().map(TlsAlertException::violation).map(Violation::name).orElse("-");
    }

    private void closes() {
        watched.opens();
        watched.closes();
    }

    @ParameterizedTest
    @CsvSource({
        "16030100050100000103, 01000001 5 MALFORMED_MESSAGE",
        "160301000401020001, 01020001 4 MESSAGE_TOO_LONG",
        "160301000407000000, 07000000 4 UNEXPECTED_MESSAGE",
        "160301000601000001 0302, 01000001 5 MALFORMED_MESSAGE"
    })
    void whatBreaksARuleIsToldOnce(String records, String expected) {
        receives(records.replace(" ", ""));
        receives("160301000101");
        closes();
        assertEquals(List.of("RECEIVED " + expected), undecoded());
    }

    @ParameterizedTest
    @CsvSource({"160301000101, 01 1 -", "160301000601000009ffff, 01000009 6 -"})
    void whatIsCutIsToldAtTheEnd(String records, String expected) {
        receives(records);
        assertEquals(List.of(), undecoded());
        closes();
        assertEquals(List.of("RECEIVED " + expected), undecoded());
    }

    /** RFC 4279 §2: with a pre-shared key it holds a hint, which nobody here reads. */
    @Test
    void theKeyExchangeOfASuiteThatIsNotKnownIsNotCalledWrong() {
        String hello = "0303" + "11".repeat(32) + "00" + "00ae" + "00";
        receives("160303002a" + "02000026" + hello);
        receives("1603030006" + "0c0000020000");
        assertEquals(List.of("RECEIVED 0c000002 6 -"), undecoded());
    }

    @ParameterizedTest
    @ValueSource(strings = {"TLSv1.3", "TLSv1.2"})
    void whatIsWholeIsDecoded(String version) throws Exception {
        var pair = WatchedPair.handshaken(new Observation(listener, (kind, type) -> {}, name -> {}), version);
        assertFalse(told.stream().noneMatch(MessageTransferred.class::isInstance));
        pair.said()
                .forEach(said -> (said.byClient() ? watched.sent() : watched.received())
                        .take(said.octets(), 0, said.octets().length));
        closes();
        assertEquals(List.of(), undecoded());
    }
}
