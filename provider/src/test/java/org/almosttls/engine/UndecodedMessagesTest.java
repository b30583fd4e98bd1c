package org.almosttls.engine;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import org.almosttls.alert.TlsAlertException;
import org.almosttls.alert.Violation;
import org.almosttls.event.TlsEvent.Closed;
import org.almosttls.event.TlsEvent.Failed;
import org.almosttls.event.TlsEvent.MessageUndecoded;
import org.almosttls.message.EncodedMessage;
import org.almosttls.registry.CipherSuite;
import org.almosttls.registry.ContentType;
import org.almosttls.registry.HandshakeType;
import org.almosttls.testkit.ConnectionPair;
import org.almosttls.testkit.End;
import org.almosttls.testkit.RawTls13;
import org.almosttls.testkit.Samples;
import org.almosttls.testkit.Samples13;
import org.almosttls.testkit.TestCertificates;
import org.almosttls.testkit.TestConfig;
import org.almosttls.testkit.Tls13;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

/** A handshake message that is not decoded is told once, before what follows from it: by its header and why. */
class UndecodedMessagesTest {

    private static final String CUT = "-";

    private final End server =
            new End(TestConfig.server(TestCertificates.ecServer()).build());

    private static String why(MessageUndecoded told) {
        return told.why().map(TlsAlertException::violation).map(Violation::name).orElse(CUT);
    }

    /** Header, octets that came and why. */
    private static List<String> told(End end) {
        return end.events()
                .all(MessageUndecoded.class)
                .map(told -> HexFormat.of().formatHex(told.header()) + " " + told.octets() + " " + why(told))
                .toList();
    }

    private void deliver(String... records) {
        for (String record : records) server.deliver(HexFormat.of().parseHex(record));
    }

    @ParameterizedTest
    @CsvSource({
        "16030100050100000103, 01000001 5 MALFORMED_MESSAGE",
        "160301000401020001, 01020001 4 MESSAGE_TOO_LONG",
        "160301000107140301000101, 07 1 MESSAGE_INTERLEAVED",
        "160301000407000000, 07000000 4 UNEXPECTED_MESSAGE",
        "160301000414000000, 14000000 4 UNEXPECTED_MESSAGE"
    })
    void whatBreaksARuleIsToldBeforeTheFailure(String records, String expected) {
        deliver(records);
        assertThrows(TlsAlertException.class, server::receive);
        assertEquals(List.of(expected), told(server));
        var kinds = server.events().events().stream().map(Object::getClass).toList();
        assertTrue(kinds.indexOf(MessageUndecoded.class) < kinds.indexOf(Failed.class), kinds::toString);
    }

    @ParameterizedTest
    @CsvSource({"160301000101, 01 1 -", "1603010003010000, 010000 3 -", "160301000601000009ffff, 01000009 6 -"})
    void whatIsCutIsToldBeforeTheEnd(String records, String expected) throws Exception {
        deliver(records);
        server.receive();
        assertEquals(List.of(), told(server));
        server.connection().closeInbound();
        assertEquals(List.of(expected), told(server));
        assertTrue(server.events().events().get(server.events().events().size() - 1) instanceof Closed);
    }

    @Test
    void whatIsCutByAnAlertIsTold() {
        deliver("160301000101", "15030100020228");
        assertThrows(PeerAlertException.class, server::receive);
        assertEquals(List.of("01 1 -"), told(server));
    }

    @Test
    void whatIsCutByThisEndIsTold() throws Exception {
        deliver("160301000101");
        server.receive();
        server.connection().abandon();
        assertEquals(List.of("01 1 -"), told(server));
    }

    /** Behind one that cannot be decoded nobody knows where the next begins. */
    @Test
    void whatComesBehindItIsNotTold() {
        deliver("160301000601000001" + "03" + "02");
        assertThrows(TlsAlertException.class, server::receive);
        assertEquals(List.of("01000001 5 MALFORMED_MESSAGE"), told(server));
    }

    /** The first of a flight is refused; the others were not looked at. */
    @Test
    void whatIsWholeAndWaitsIsNotTold() throws Exception {
        var pair = new ConnectionPair(
                TestConfig.client().build(),
                TestConfig.server(TestCertificates.unknownCaServer()).build());
        assertThrows(TlsAlertException.class, pair::handshake);
        assertEquals(List.of(), told(pair.client()));
    }

    /** Cut to one octet less, by what its header says too. */
    @ParameterizedTest
    @EnumSource(
            value = HandshakeType.class,
            names = {"CERTIFICATE", "CERTIFICATE_VERIFY", "COMPRESSED_CERTIFICATE", "KEY_UPDATE", "CLIENT_HELLO"})
    void whatIsUnderKeysIsTold(HandshakeType type) throws Exception {
        var pair = new ConnectionPair(
                Tls13.client().suites(CipherSuite.TLS_AES_128_GCM_SHA256).build(),
                Tls13.server(TestCertificates.ecServer()).build());
        pair.server().deliver(pair.client().flush());
        pair.server().receive();
        pair.server().flush();
        var raw = RawTls13.under("CLIENT_HANDSHAKE_TRAFFIC_SECRET", pair.server(), CipherSuite.TLS_AES_128_GCM_SHA256);
        byte[] cut = cut(type);
        pair.server().deliver(raw.seal(ContentType.HANDSHAKE, cut));
        assertThrows(TlsAlertException.class, pair.server()::receive);
        var header = HexFormat.of().formatHex(cut, 0, 4);
        assertEquals(List.of(header + " " + cut.length + " MALFORMED_MESSAGE"), told(pair.server()));
    }

    private static byte[] cut(HandshakeType type) {
        var message = type == HandshakeType.CLIENT_HELLO ? Samples.clientHello() : Samples13.of(type);
        byte[] whole = EncodedMessage.of(message).bytes();
        byte[] cut = Arrays.copyOf(whole, whole.length - 1);
        cut[2] = (byte) (cut.length - 4 >> 8);
        cut[3] = (byte) (cut.length - 4);
        return cut;
    }
}
